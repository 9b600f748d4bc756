using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Learners;

/// <summary>Learners of another library, which a program adds to <see cref="LearnerCatalog"/> when it starts. Immutable and thread safe.</summary>
/// <remarks>Every name begins with the engine's and a dot, as in <c>mlnet.light_gbm</c>, so that no engine can stand in for another, nor for what is built in.</remarks>
public class LearnerEngine
{
    /// <summary>Puts an engine together.</summary>
    /// <param name="name">Lower-case letters and digits.</param>
    /// <param name="learners">The learners, the simplest first.</param>
    /// <exception cref="ArgumentException">A name is not of the form, or there twice.</exception>
    public LearnerEngine(string name, IReadOnlyList<LearnerEntry> learners)
    {
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)))
        {
            throw new ArgumentException($"'{name}' cannot be an engine's name; it must be lower-case letters and digits.", nameof(name));
        }

        (Name, Learners) = (name, [.. learners]);
        CheckNames(Learners.Select(entry => entry.Learner.Name));
    }

    /// <summary>The engine's name, for example <c>mlnet</c>.</summary>
    public string Name { get; }

    /// <summary>Its learners, the simplest first.</summary>
    public IReadOnlyList<LearnerEntry> Learners { get; }

    /// <summary>Whether its readers stand up to any bytes. Where they do not, as is the default, files that come from elsewhere are refused.</summary>
    public bool ReadsUntrustedBytes { get; init; }

    /// <summary>Lets a reader of the engine see bytes, or not: the one place where that is decided.</summary>
    /// <exception cref="LearningException"><c>model_file_untrusted</c>.</exception>
    internal void Admit(string learner, SectionReader reader)
    {
        if (!ReadsUntrustedBytes && !reader.IsTrusted)
        {
            throw new LearningException(
                "model_file_untrusted",
                $"Models of '{learner}' are read by engine '{Name}', which is not made for files from elsewhere. Train the model here, or send one of a built-in learner, of XGBoost or ONNX.",
                "learner");
        }
    }

    /// <exception cref="ArgumentException">A name lacks the engine's prefix, or is there twice.</exception>
    private protected void CheckNames(IEnumerable<string> names)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string each in names)
        {
            if (!each.StartsWith(Name + ".", StringComparison.Ordinal) || each.Length == Name.Length + 1)
            {
                throw new ArgumentException($"'{each}' must begin with '{Name}.', the engine's name and a dot.", nameof(names));
            }

            if (!seen.Add(each))
            {
                throw new ArgumentException($"Engine '{Name}' has '{each}' twice.", nameof(names));
            }
        }
    }
}
