using Trainyard.Benchmarks.Accuracy;

namespace Trainyard.Learning.Tests.Accuracy;

/// <summary>The bounds of the accuracy benchmark, on small tables; see Witness/accuracy.py.</summary>
public class PeerAccuracyTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Witness", "accuracy");

    public static TheoryData<string, string> Studies
    {
        get
        {
            TheoryData<string, string> studies = [];
            foreach (string file in Directory.GetFiles(Folder).Order(StringComparer.Ordinal))
            {
                PeerTable table = PeerTables.Read<PeerTable>(file);
                Array.ForEach(table.Cases, peer => studies.Add(table.Name, peer.Study));
            }

            return studies;
        }
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void Fit_WithThePeersSettings_ScoresWithinTheBound(string name, string study)
    {
        PeerTable table = PeerTables.Read<PeerTable>(Path.Combine(Folder, name + ".json"));
        foreach (Verdict verdict in Comparison.Compare(table, table.Cases.Single(peer => peer.Study == study)))
        {
            output.WriteLine($"{verdict.Metric.Name}: {verdict.OurMean:G6}, peer {verdict.PeerMean:G6}, worse by {verdict.Deficit:G3}");
            Assert.True(verdict.IsHeld || verdict.IsNoise, $"{verdict.Metric.Name} is {verdict.OurMean:G6}, the peer's {verdict.PeerMean:G6}.");
        }
    }
}
