namespace Trainyard.Learning.Learners.Trees;

/// <summary>Histograms that are used again, so that growing thousands of trees does not allocate thousands of them.</summary>
/// <param name="layout">The layout that all share.</param>
internal sealed class HistogramPool(HistogramLayout layout)
{
    private readonly Stack<Histogram> free = new();

    public Histogram Rent() => free.TryPop(out Histogram? histogram) ? histogram : new Histogram(layout);

    public void Return(Histogram? histogram)
    {
        if (histogram is not null)
        {
            free.Push(histogram);
        }
    }
}
