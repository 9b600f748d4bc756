namespace Trainyard.LocalHost.Demo;

/// <summary>What the demo works on.</summary>
/// <param name="CsvPath">The dataset.</param>
/// <param name="TargetColumn">The column to predict.</param>
/// <param name="TargetMetric">The metric that decides.</param>
/// <param name="Threshold">What it must reach to be deployed.</param>
/// <param name="Exit">True: stop when done. False: leave the host running.</param>
internal sealed record DemoOptions(string CsvPath, string TargetColumn, string TargetMetric, double Threshold, bool Exit)
{
    /// <summary>569 biopsies, described by 30 measurements each; a model that ranks worse than 0.97 is not worth serving.</summary>
    public static DemoOptions BreastCancer(bool exit) =>
        new(Path.Combine(AppContext.BaseDirectory, "samples", "breast-cancer.csv"), "diagnosis", "roc_auc", 0.97, exit);

    /// <summary>The dataset and the model are named after the file.</summary>
    public string Name => Path.GetFileNameWithoutExtension(CsvPath);
}
