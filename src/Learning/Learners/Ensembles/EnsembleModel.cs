using System.Buffers;
using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Learners.Ensembles;

/// <summary>Several models whose predictions become one. Immutable and thread safe.</summary>
/// <remarks>
/// Learners want columns as different features, so an ensemble's row holds them side by side: each member reads a piece of
/// it, and members that want the same features read the same piece. No member is an ensemble itself.
/// </remarks>
internal sealed class EnsembleModel : IModel
{
    public const int MaximumMembers = 64;

    /// <summary>Predictions of one row that are kept on the stack: 2 KiB.</summary>
    private const int StackValues = 256;

    /// <summary>Predictions of members that lie side by side before they are combined: 256 KiB.</summary>
    private const int BlockValues = 1 << 15;

    private const int MaximumRows = 256;

    private readonly EnsembleMember[] members;

    /// <exception cref="ArgumentException">Members, features and combination do not fit one another.</exception>
    public EnsembleModel(IReadOnlyList<EnsembleMember> members, Combination combination, int featureCount)
    {
        this.members = [.. members];
        Combination = combination;
        FeatureCount = featureCount;
        if (WhatIsWrong() is { } wrong)
        {
            throw new ArgumentException($"These members make no ensemble: {wrong}.", nameof(members));
        }
    }

    public string Learner => Combination.Name;

    public int FeatureCount { get; }

    public int OutputCount => members[0].Model.OutputCount;

    public IReadOnlyList<EnsembleMember> Members => members;

    public Combination Combination { get; }

    public long WorkPerRow => members.Sum(member => member.Model.WorkPerRow);

    public void Predict(ReadOnlySpan<double> row, Span<double> output)
    {
        int width = OutputCount;
        int length = members.Length * width;
        double[]? rented = length > StackValues ? ArrayPool<double>.Shared.Rent(length) : null;
        Span<double> outputs = rented is null ? stackalloc double[StackValues] : rented;
        for (int index = 0; index < members.Length; index++)
        {
            (IModel model, int first) = members[index];
            model.Predict(row.Slice(first, model.FeatureCount), outputs.Slice(index * width, width));
        }

        Combination.Combine(outputs[..length], output[..width]);
        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    public void PredictRows(ReadOnlySpan<double> rows, Span<double> outputs)
    {
        int width = OutputCount;
        int count = outputs.Length / width;
        int room = Math.Clamp(BlockValues / (members.Length * width), 1, MaximumRows);
        double[] features = ArrayPool<double>.Shared.Rent(room * members.Max(member => member.Model.FeatureCount));
        double[] predicted = ArrayPool<double>.Shared.Rent(room * width);
        double[] side = ArrayPool<double>.Shared.Rent(room * members.Length * width);
        for (int row = 0; row < count; row += room)
        {
            int taken = Math.Min(room, count - row);
            ReadOnlySpan<double> block = rows.Slice(row * FeatureCount, taken * FeatureCount);
            for (int index = 0; index < members.Length; index++)
            {
                PredictBlock(index, block, features, predicted.AsSpan(0, taken * width), side);
            }

            for (int each = 0; each < taken; each++)
            {
                Combination.Combine(side.AsSpan(each * members.Length * width, members.Length * width), outputs.Slice((row + each) * width, width));
            }
        }

        ArrayPool<double>.Shared.Return(features);
        ArrayPool<double>.Shared.Return(predicted);
        ArrayPool<double>.Shared.Return(side);
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32(FeatureCount);
        writer.WriteInt32(members.Length);
        foreach (EnsembleMember member in members)
        {
            writer.WriteString(member.Model.Learner);
            writer.WriteInt32(member.FirstFeature);
            member.Model.Write(writer);
        }

        Combination.Write(writer);
    }

    public static EnsembleModel Read(string name, SectionReader reader)
    {
        int featureCount = reader.ReadInt32("feature count", 0, int.MaxValue);
        EnsembleMember[] read = new EnsembleMember[reader.ReadInt32("members", 1, MaximumMembers)];
        for (int index = 0; index < read.Length; index++)
        {
            string learner = reader.ReadString();
            int first = reader.ReadInt32("first feature", 0, featureCount);
            read[index] = new EnsembleMember(LearnerCatalog.ReadMember(learner, reader), first);
        }

        Combination combination = Combination.Read(name, reader, read.Length);
        try
        {
            return new EnsembleModel(read, combination, featureCount);
        }
        catch (ArgumentException failure)
        {
            throw reader.Invalid(failure.Message);
        }
    }

    /// <summary>Has one member predict a block of rows, and puts its outputs beside those of the others.</summary>
    private void PredictBlock(int index, ReadOnlySpan<double> block, Span<double> features, Span<double> predicted, Span<double> side)
    {
        (IModel model, int first) = members[index];
        int width = OutputCount;
        int taken = predicted.Length / width;
        if (model.FeatureCount == FeatureCount)
        {
            model.PredictRows(block, predicted);
        }
        else
        {
            Span<double> own = features[..(taken * model.FeatureCount)];
            for (int row = 0; row < taken; row++)
            {
                block.Slice((row * FeatureCount) + first, model.FeatureCount).CopyTo(own[(row * model.FeatureCount)..]);
            }

            model.PredictRows(own, predicted);
        }

        for (int row = 0; row < taken; row++)
        {
            predicted.Slice(row * width, width).CopyTo(side[(((row * members.Length) + index) * width)..]);
        }
    }

    private string? WhatIsWrong()
    {
        if (members.Length is 0 or > MaximumMembers || Combination.MemberCount != members.Length)
        {
            return $"there must be 1 to {MaximumMembers}, and one weight or place for each";
        }

        if (Array.Exists(members, member => member.Model is EnsembleModel || member.Model.OutputCount != OutputCount))
        {
            return "they must give the same outputs, and be no ensembles themselves";
        }

        if (Array.Exists(members, member => member.FirstFeature < 0 || member.FirstFeature > FeatureCount - member.Model.FeatureCount))
        {
            return "one reads features that the row does not have";
        }

        return Combination.Fits(OutputCount) ? null : $"their {OutputCount} outputs cannot be combined by {Combination.Name}";
    }
}
