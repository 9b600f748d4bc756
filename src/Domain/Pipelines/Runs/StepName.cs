namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>The steps of a run by name, in the order in which they are taken.</summary>
public static class StepName
{
    /// <summary>The dataset is resolved to one version and checked against target and metric.</summary>
    public const string ValidateDataset = "validate_dataset";

    /// <summary>The columns are described.</summary>
    public const string ProfileDataset = "profile_dataset";

    /// <summary>Rows are parted into training, validation and test rows.</summary>
    public const string SplitDataset = "split_dataset";

    /// <summary>The learners and settings to try are chosen.</summary>
    public const string ChooseCandidates = "choose_candidates";

    /// <summary>One candidate is cross-validated on the training rows; a run has one such step per candidate.</summary>
    public const string TrainCandidate = "train_candidate";

    /// <summary>The best candidate is fitted again on training and validation rows.</summary>
    public const string RefitBest = "refit_best";

    /// <summary>The model is measured on the test rows, which no fitting step has seen.</summary>
    public const string EvaluateModel = "evaluate_model";

    /// <summary>The target metric is held against the threshold.</summary>
    public const string ApplyGate = "apply_gate";

    /// <summary>The version enters the registry.</summary>
    public const string RegisterVersion = "register_version";

    /// <summary>The version begins to serve.</summary>
    public const string DeployVersion = "deploy_version";

    /// <summary>The result enters the history, and degradation raises an alert.</summary>
    public const string RecordResult = "record_result";

    /// <summary>What a failed or cancelled run had done is undone.</summary>
    public const string Compensate = "compensate";

    /// <summary>All of them in order.</summary>
    public static IReadOnlyList<string> InOrder { get; } =
    [
        ValidateDataset, ProfileDataset, SplitDataset, ChooseCandidates, TrainCandidate, RefitBest,
        EvaluateModel, ApplyGate, RegisterVersion, DeployVersion, RecordResult, Compensate,
    ];
}
