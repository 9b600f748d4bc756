namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Histograms that are used again, so that thousands of trees do not allocate thousands of them. For one thread.</summary>
/// <param name="layout">The layout that all share.</param>
internal sealed class GradientHistogramPool(TileLayout layout)
{
    private readonly Stack<GradientHistogram> free = new();

    public GradientHistogram Rent() => free.TryPop(out GradientHistogram? histogram) ? histogram : new GradientHistogram(layout);

    public void Return(GradientHistogram? histogram)
    {
        if (histogram is not null)
        {
            free.Push(histogram);
        }
    }
}
