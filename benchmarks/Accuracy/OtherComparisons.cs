using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Forecasting.Smoothing;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Text;

namespace Trainyard.Benchmarks.Accuracy;

/// <summary>Series and texts: fits ours where the peer was fitted.</summary>
internal static class OtherComparisons
{
    private const double SmoothingBound = 0.01;
    private const double TextBound = 0.005;

    /// <summary>The least sum of squares of every form.</summary>
    public static IEnumerable<Verdict> Compare(PeerSeries series)
    {
        foreach (PeerSmoothing peer in series.Cases)
        {
            LearnerSettings settings = new(
            [
                new("season_length", peer.Form[1] == 'N' ? 1 : series.SeasonLength), new("error", 1),
                new("trend", 1 + "NAd".IndexOf(peer.Form[0], StringComparison.Ordinal)), new("season", 1 + "NAM".IndexOf(peer.Form[1], StringComparison.Ordinal)),
            ]);
            ExponentialSmoothingModel model = (ExponentialSmoothingModel)new ExponentialSmoothingMethod().Fit(new TimeSeries(TimeAxis.Counting, series.Values), settings, new FitOptions(0), default);
            yield return new Verdict(series.Name, $"smoothing {model.Form}", new PeerMetric("sse", SmoothingBound, true, [peer.SumOfSquares]), [model.SumOfSquares]);
        }
    }

    /// <summary>The accuracy of every method on held-out texts.</summary>
    public static IEnumerable<Verdict> Compare(PeerTexts texts)
    {
        string[] classes = [.. texts.Labels.Distinct().Order(StringComparer.Ordinal)];
        foreach (PeerTextCase peer in texts.Cases)
        {
            double[] scores = [.. texts.Held.Select((held, seed) => Accuracy(texts, peer, classes, held, (ulong)seed))];
            yield return new Verdict(texts.Name, peer.Study, new PeerMetric("accuracy", TextBound, false, peer.Accuracy), scores);
        }
    }

    private static double Accuracy(PeerTexts texts, PeerTextCase peer, string[] classes, bool[] held, ulong seed)
    {
        int[] rows = [.. Enumerable.Range(0, held.Length)];
        int[] known = Array.FindAll(rows, row => !held[row]);
        double[] labels = Array.ConvertAll(known, row => (double)Array.IndexOf(classes, texts.Labels[row]));
        ITextModel model = TextCatalog.Get(peer.Method).Fit(Array.ConvertAll(known, row => texts.Texts[row]), labels, classes.Length, new LearnerSettings(peer.Settings), new FitOptions(seed), default);
        double[] output = new double[classes.Length];
        return Array.FindAll(rows, row => held[row]).Average(row =>
        {
            model.Predict(texts.Texts[row], output);
            return classes[Evaluator.MostProbable(output)] == texts.Labels[row] ? 1.0 : 0;
        });
    }
}
