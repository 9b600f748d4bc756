namespace Trainyard.Learning.Tests;

public class AllocationsTests
{
    [Fact]
    public void Of_OneSmallObject_CountsIt() => Assert.InRange(Allocations.Of(() => GC.KeepAlive(new byte[1])), 1, 64);

    [Fact]
    public void Of_AlmostNothing_CountsNothing() => Assert.Equal(0, Allocations.Of(() => GC.KeepAlive(null)));
}
