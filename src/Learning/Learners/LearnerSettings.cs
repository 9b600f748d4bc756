using System.Collections.ObjectModel;

namespace Trainyard.Learning.Learners;

/// <summary>Hyper-parameters by name; an immutable value.</summary>
public sealed class LearnerSettings
{
    private readonly ReadOnlyDictionary<string, double> values;

    /// <summary>Takes a copy of <paramref name="values"/>.</summary>
    public LearnerSettings(IEnumerable<KeyValuePair<string, double>> values) =>
        this.values = new(new SortedDictionary<string, double>(values.ToDictionary(), StringComparer.Ordinal));

    /// <summary>No settings: every default.</summary>
    public static LearnerSettings Defaults { get; } = new([]);

    /// <summary>What was set, by name in ordinal order.</summary>
    public IReadOnlyDictionary<string, double> Values => values;

    /// <summary>The value set for <paramref name="parameter"/>, or its default.</summary>
    public double Get(HyperParameter parameter) => values.GetValueOrDefault(parameter.Name, parameter.Default);

    /// <summary>Checks every value against what the learner declares.</summary>
    /// <exception cref="LearningException">A name is unknown, or a value is out of range (<c>setting_unknown</c>, <c>setting_out_of_range</c>).</exception>
    public void Validate(IReadOnlyList<HyperParameter> declared)
    {
        foreach ((string name, double value) in values)
        {
            HyperParameter parameter = declared.FirstOrDefault(candidate => candidate.Name == name)
                ?? throw new LearningException("setting_unknown", $"There is no setting '{name}'; known are {string.Join(", ", declared.Select(each => each.Name))}.", name);
            bool inside = value >= parameter.Minimum && value <= parameter.Maximum;
            if (!inside || (parameter.IsInteger && value != Math.Floor(value)))
            {
                string kind = parameter.IsInteger ? "a whole number" : "a number";
                throw new LearningException("setting_out_of_range", $"Setting '{name}' is {value}; it must be {kind} from {parameter.Minimum} to {parameter.Maximum}.", name);
            }
        }
    }
}
