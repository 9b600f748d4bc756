using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Tests.Learners;

public class ClassWeightsTests
{
    [Fact]
    public void Balanced_ByHand_GivesEveryClassTheSameTotal()
    {
        // Three rows of class 0 and one of class 1, class 2 absent: 4 / (2 × 3) and 4 / (2 × 1).
        Assert.Equal([4 / 6.0, 2, 4 / 6.0, 4 / 6.0], ClassWeights.Balanced([0, 1, 0, 0], 3));
    }
}
