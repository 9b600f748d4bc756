namespace Trainyard.Learning.Learners.Trees;

/// <summary>Where each feature's bins lie in a histogram. A bin is its pulls, its Hessian and its number of rows.</summary>
internal sealed class HistogramLayout
{
    public HistogramLayout(BinnedFeatures binned, int width)
    {
        Width = width;
        Starts = new int[binned.FeatureCount + 1];
        for (int feature = 0; feature < binned.FeatureCount; feature++)
        {
            int bins = binned.Features[feature].ValueBins + 1;
            Starts[feature + 1] = checked(Starts[feature] + (bins * StrideOf(width)));
        }
    }

    public int Width { get; }

    public int Stride => StrideOf(Width);

    public int[] Starts { get; }

    public int Length => Starts[^1];

    public static int StrideOf(int width) => width + 2;
}
