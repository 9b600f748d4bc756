namespace Trainyard.Learning.Learners;

/// <summary>A model whose outputs are clusters with a centre each.</summary>
public interface IClusterModel : IModel
{
    /// <summary>The squared distance between a row of features and the centre nearest to it.</summary>
    /// <param name="row">One value per feature; <see cref="double.NaN"/> counts as 0, the mean of a standardised feature.</param>
    double SquaredDistance(ReadOnlySpan<double> row);
}
