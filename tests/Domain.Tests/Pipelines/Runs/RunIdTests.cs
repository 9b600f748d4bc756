using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Domain.Tests.Pipelines.Runs;

public class RunIdTests
{
    private static readonly DateTimeOffset Slot = new(2025, 11, 3, 21, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TryParse_OfAnIdsText_IsTheId()
    {
        RunId id = RunId.ForSlot("p1", Slot);
        Assert.True(RunId.TryParse(id.ToString(), out RunId parsed));
        Assert.Equal((id, Slot), (parsed, parsed.Moment));
    }

    [Fact]
    public void ForSlot_OfTheSameSlotInAnotherZone_IsTheSame() =>
        Assert.Equal(RunId.ForSlot("p1", Slot), RunId.ForSlot("p1", Slot.ToOffset(TimeSpan.FromHours(5))));

    [Fact]
    public void ForSlot_OfOtherSlotsAndPipelines_Differs()
    {
        RunId[] ids = [RunId.ForSlot("p1", Slot), RunId.ForSlot("p2", Slot), RunId.ForSlot("p1", Slot.AddTicks(1)), RunId.Manual(Slot, "request")];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("../../etc")]
    [InlineData("08de1b0f8c3a8000_3f9a1c2b3f9a1c2b")]
    [InlineData("08DE1B0F8C3A8000-3F9A1C2B3F9A1C2B")]
    [InlineData("8000000000000000-3f9a1c2b3f9a1c2b")]
    [InlineData("7fffffffffffffff-3f9a1c2b3f9a1c2b")]
    [InlineData("08de1b0f8c3a8000-3f9a1c2b3f9a1c-b")]
    [InlineData("08de1b0f8c3a-000-3f9a1c2b3f9a1c2b")]
    public void TryParse_OfWhatIsNoId_IsFalse(string? text) => Assert.False(RunId.TryParse(text, out _));
}
