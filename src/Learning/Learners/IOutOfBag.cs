namespace Trainyard.Learning.Learners;

/// <summary>A model that can tell how it does on rows that parts of it were not fitted on.</summary>
public interface IOutOfBag
{
    /// <summary>The predictions; null unless they were asked for when fitting. Not saved with the model.</summary>
    OutOfBagOutputs? OutOfBag { get; }
}
