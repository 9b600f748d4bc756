namespace Trainyard.Benchmarks.Accuracy;

/// <summary>Texts of several classes, splits, and a peer's accuracy on them.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Texts">The texts.</param>
/// <param name="Labels">The class of each.</param>
/// <param name="Held">Per seed true for the texts that are held out.</param>
/// <param name="Cases">What was fitted.</param>
internal sealed record PeerTexts(string Name, string[] Texts, string[] Labels, bool[][] Held, PeerTextCase[] Cases);

/// <summary>One method with one set of settings.</summary>
/// <param name="Study">What the settings are about.</param>
/// <param name="Method">Our method.</param>
/// <param name="Settings">Our settings.</param>
/// <param name="Accuracy">The peer's, one per seed.</param>
internal sealed record PeerTextCase(string Study, string Method, Dictionary<string, double> Settings, double[] Accuracy);
