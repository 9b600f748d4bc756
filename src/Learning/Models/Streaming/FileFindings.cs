using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Models.Streaming;

/// <summary>What is known of a file once it was read the first time.</summary>
/// <param name="Sha256">The hash of its bytes.</param>
/// <param name="Schema">Its columns.</param>
/// <param name="Plan">How they become features.</param>
/// <param name="Bins">The bins of each feature.</param>
/// <param name="Target">What is predicted.</param>
/// <param name="TrainingLabels">Labels of the rows to learn from, in the file's order.</param>
/// <param name="HeldOutLabels">Labels of the rows held out, in the file's order.</param>
/// <param name="Readings">How often it was read so far.</param>
internal sealed record FileFindings(
    string Sha256,
    TableSchema Schema,
    FeaturePlan Plan,
    FeatureBins[] Bins,
    TargetEncoding Target,
    double[] TrainingLabels,
    double[] HeldOutLabels,
    int Readings);
