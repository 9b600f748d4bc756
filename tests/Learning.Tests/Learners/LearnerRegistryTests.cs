using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Tests.Learners;

public class LearnerRegistryTests
{
    private static readonly LearnerEntry Ours = FakeEngine.Entry("mean");

    [Fact]
    public void Add_AnEngine_ItsLearnersFollowOurs()
    {
        LearnerRegistry registry = new([Ours]);

        registry.Add(FakeEngine.Of("fake", "fake.mean", "fake.other"));

        Assert.Equal(["mean", "fake.mean", "fake.other"], registry.All.Select(learner => learner.Name));
        Assert.Equal("fake.other", registry.Get("fake.other").Name);
        Assert.Contains("fake.mean", Assert.Throws<LearningException>(() => registry.Get("oracle")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_TheSameEngineAgain_ChangesNothing()
    {
        LearnerRegistry registry = new([Ours]);
        LearnerEngine engine = FakeEngine.Of("fake", "fake.mean");

        registry.Add(engine);
        registry.Add(engine);

        Assert.Equal([engine], registry.Engines);
        Assert.Equal(["mean", "fake.mean"], registry.All.Select(learner => learner.Name));
    }

    [Fact]
    public void Add_AnotherEngineOfTheName_IsRefusedWhole()
    {
        LearnerRegistry registry = new([Ours]);
        registry.Add(FakeEngine.Of("fake", "fake.mean"));

        Assert.Contains("'fake'", Assert.Throws<InvalidOperationException>(() => registry.Add(FakeEngine.Of("fake", "fake.new"))).Message, StringComparison.Ordinal);
        Assert.Null(registry.Find("fake.new"));
    }

    [Fact]
    public void Add_ALearnerThatIsThere_IsRefusedWhole()
    {
        LearnerRegistry registry = new([FakeEngine.Entry("fake.mean")]);

        Assert.Contains("'fake.mean'", Assert.Throws<InvalidOperationException>(() => registry.Add(FakeEngine.Of("fake", "fake.new", "fake.mean"))).Message, StringComparison.Ordinal);
        Assert.Empty(registry.Engines);
        Assert.Null(registry.Find("fake.new"));
    }

    [Theory]
    [InlineData("", "x.mean")]
    [InlineData("Fake", "Fake.mean")]
    [InlineData("fa.ke", "fa.ke.mean")]
    [InlineData("fake", "mean")]
    [InlineData("fake", "fake.")]
    [InlineData("fake", "fake.mean", "fake.mean")]
    public void Engine_WithNamesOfAnotherForm_CannotBeMade(string name, params string[] learners) =>
        Assert.Throws<ArgumentException>(() => FakeEngine.Of(name, learners));

    [Fact]
    public void Add_FromManyThreads_KeepsEveryEngineOnce()
    {
        LearnerRegistry registry = new([Ours]);
        LearnerEngine[] engines = [.. Enumerable.Range(0, 20).Select(index => FakeEngine.Of($"e{index}", $"e{index}.mean"))];

        Parallel.For(0, 200, call =>
        {
            registry.Add(engines[call % engines.Length]);
            Assert.NotNull(registry.Find($"e{call % engines.Length}.mean"));
        });

        Assert.Equal(engines.Select(engine => engine.Name).Order(), registry.Engines.Select(engine => engine.Name).Order());
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    public void Read_ByAnEngine_TakesUntrustedBytesOnlyIfItIsMadeForThem(bool isMadeForThem, bool isTrusted, bool isRead)
    {
        LearnerRegistry registry = new([Ours]);
        registry.Add(new LearnerEngine("fake", [FakeEngine.Entry("fake.mean")]) { ReadsUntrustedBytes = isMadeForThem });
        SectionWriter writer = new();
        registry.Get("fake.mean").Fit(Some.Regression(Some.Numbers([1, 2]), 3, 5), LearnerSettings.Defaults, new FitOptions(1), default).Write(writer);

        LearningException? refused = Record.Exception(() => registry.Read("fake.mean", new SectionReader("model", writer.Written) { IsTrusted = isTrusted })) as LearningException;

        Assert.Equal(isRead ? null : "model_file_untrusted", refused?.Code);
    }
}
