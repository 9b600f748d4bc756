namespace Trainyard.Benchmarks.Accuracy;

/// <summary>Rows, splits and a peer's scores on them, as <c>benchmarks/peers/accuracy</c> writes them.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Task">The learning task, as the peers write it: <c>classification</c>, <c>regression</c>, <c>clustering</c> or <c>anomaly</c>.</param>
/// <param name="Classes">The number of classes; 0 without.</param>
/// <param name="Columns">The features, column by column; null is a missing value.</param>
/// <param name="Cardinalities">Per feature the number of its categories; 0 for numbers.</param>
/// <param name="Monotone">Per feature the direction to keep; 0 for none.</param>
/// <param name="Labels">One per row.</param>
/// <param name="Weights">One per row, or null.</param>
/// <param name="Folds">Per seed the fold of every row; -1 is left out.</param>
/// <param name="FoldCount">Folds from 0 are held out in turn; 0 when rows are scored that were fitted on.</param>
/// <param name="Cases">What was fitted.</param>
internal sealed record PeerTable(
    string Name, string Task, int Classes, double?[][] Columns, int[] Cardinalities, int[] Monotone, double[] Labels, double[]? Weights, int[][] Folds, int FoldCount, PeerCase[] Cases);

/// <summary>One learner with one set of settings.</summary>
/// <param name="Study">What the settings are about.</param>
/// <param name="Learner">Our learner.</param>
/// <param name="Settings">Our settings.</param>
/// <param name="Standardize">True to standardise features by the training rows.</param>
/// <param name="Metrics">What is compared.</param>
internal sealed record PeerCase(string Study, string Learner, Dictionary<string, double> Settings, bool Standardize, PeerMetric[] Metrics);

/// <summary>The peer's scores.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Bound">How much worse ours may be; null where nothing was promised.</param>
/// <param name="IsRelative">True for a bound in shares of the peer's mean.</param>
/// <param name="Peer">One score per seed.</param>
internal sealed record PeerMetric(string Name, double? Bound, bool IsRelative, double[] Peer);
