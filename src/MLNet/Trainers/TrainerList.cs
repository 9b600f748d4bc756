namespace Trainyard.MLNet.Trainers;

/// <summary>Every trainer that the engine brings.</summary>
internal static class TrainerList
{
    /// <summary>All trainers, the simplest first.</summary>
    public static IReadOnlyList<Trainer> All { get; } =
    [
        LinearTrainers.SdcaNumbers,
        LinearTrainers.SdcaClasses,
        LinearTrainers.LbfgsClasses,
        TreeTrainers.FastForest,
        TreeTrainers.FastTree,
        LightGbmTrainers.LightGbm,
        UnlabelledTrainers.KMeans,
        UnlabelledTrainers.RandomizedPca,
    ];
}
