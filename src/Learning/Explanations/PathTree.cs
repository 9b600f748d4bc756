using System.Runtime.Intrinsics;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Explanations;

/// <summary>One tree laid out to explain rows by. Immutable and thread safe.</summary>
/// <remarks>
/// The game: a row's known features decide as the row would; at a decision on an unknown one both ways are taken, weighted
/// by the training rows (Lundberg et al., From local explanations to global understanding with explainable AI for trees,
/// Nature Machine Intelligence 2, 2020, algorithm 1). A leaf's value counts v ∏ⱼ (oⱼ if j is known, else zⱼ) over the
/// features j of its path, o being 1 when the row goes its way and z the share of training rows that do. By Owen's
/// multilinear extension (Management Science 18, 1972) a feature's Shapley value is then
/// v (oᵢ - zᵢ) ∫₀¹ ∏ⱼ≠ᵢ (t oⱼ + (1 - t) zⱼ) dt. The integrand is a polynomial in t of less degree than the path has
/// features, which Gauss and Legendre's rule integrates exactly with half as many points. All terms have one sign, so that
/// nothing cancels, however deep the tree. Products are shared by all leaves below a place: a row costs one visit per place
/// on the way down and one on the way up.
/// </remarks>
internal sealed class PathTree
{
    /// <summary>Points per vector.</summary>
    private const int Lanes = 4;

    private readonly TreePlace[] places;
    private readonly int vectors;
    private readonly Vector256<double>[] points;
    private readonly Vector256<double>[] coldShares;
    private readonly Vector256<double>[] hotShares;
    private readonly TreeEnsemble trees;

    public PathTree(TreeEnsemble trees, TreePlace[] places)
    {
        this.trees = trees;
        this.places = places;

        // A path of d features needs degree d - 1, for which d / 2 points do.
        vectors = Math.Max(1, (TreePlaces.MostFeatures(places) + (2 * Lanes) - 1) / (2 * Lanes));
        (double[] at, double[] weights) = GaussLegendre.OfSize(vectors * Lanes);
        points = [.. Enumerable.Range(0, vectors).Select(vector => Vector256.Create(at, vector * Lanes))];
        Vector256<double>[] integral = [.. Enumerable.Range(0, vectors).Select(vector => Vector256.Create(weights, vector * Lanes))];
        coldShares = [.. points.Zip(integral, (t, w) => -w / (Vector256<double>.One - t))];
        hotShares = new Vector256<double>[places.Length * vectors];
        for (int place = 1; place < places.Length; place++)
        {
            for (int vector = 0; vector < vectors; vector++)
            {
                hotShares[(place * vectors) + vector] = integral[vector] * (1 - places[place].Share) / Factor(true, place, vector);
            }
        }
    }

    /// <summary>Vectors that <see cref="Explain"/> needs as scratch space.</summary>
    public int ScratchLength => 2 * places.Length * vectors;

    /// <summary>Places, the root included.</summary>
    public int PlaceCount => places.Length;

    /// <summary>Adds what each feature contributes to one of the tree's outputs.</summary>
    /// <param name="row">The row's features.</param>
    /// <param name="output">Which value of the leaves.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> vectors, overwritten.</param>
    /// <param name="hot">At least <see cref="PlaceCount"/> flags, overwritten.</param>
    /// <param name="contributions">One per feature, added to.</param>
    public void Explain(ReadOnlySpan<double> row, int output, Span<Vector256<double>> scratch, Span<bool> hot, Span<double> contributions)
    {
        int length = places.Length * vectors;
        Span<Vector256<double>> products = scratch[..length];
        Span<Vector256<double>> sums = scratch.Slice(length, length);
        sums.Clear();
        Descend(row, hot, products);
        Ascend(output, hot, products, sums, contributions);
    }

    /// <summary>The product of the factors of each place's path, and whether the row and its twins go there.</summary>
    private void Descend(ReadOnlySpan<double> row, Span<bool> hot, Span<Vector256<double>> products)
    {
        hot[0] = true;
        products[..vectors].Fill(Vector256<double>.One);
        for (int index = 1; index < places.Length; index++)
        {
            ref readonly TreePlace place = ref places[index];
            bool goesThere = trees.GoesLeft(in trees.Nodes[places[place.Parent].Node], row[place.Feature]) == place.IsLeft;
            hot[index] = goesThere && hot[place.Twin];
            for (int vector = 0; vector < vectors; vector++)
            {
                Vector256<double> product = products[(place.Parent * vectors) + vector] * Factor(hot[index], index, vector);
                products[(index * vectors) + vector] = place.Twin == 0 ? product : Divided(product, hot[place.Twin], place.Twin, vector);
            }
        }
    }

    private void Ascend(int output, ReadOnlySpan<bool> hot, ReadOnlySpan<Vector256<double>> products, Span<Vector256<double>> sums, Span<double> contributions)
    {
        for (int index = places.Length - 1; index > 0; index--)
        {
            ref readonly TreePlace place = ref places[index];
            Vector256<double> found = Vector256<double>.Zero;
            for (int vector = 0; vector < vectors; vector++)
            {
                int at = (index * vectors) + vector;
                Vector256<double> sum = place.Node >= 0 ? sums[at] : products[at] * trees.Leaves[(~place.Node * trees.LeafWidth) + output];
                Vector256<double> share = hot[index] ? hotShares[at] : coldShares[vector];
                if (place.Twin != 0)
                {
                    share -= hot[place.Twin] ? hotShares[(place.Twin * vectors) + vector] : coldShares[vector];
                }

                found += sum * share;
                sums[(place.Parent * vectors) + vector] += sum;
            }

            contributions[place.Feature] += Vector256.Sum(found);
        }
    }

    /// <summary>t o + (1 - t) z of a place.</summary>
    private Vector256<double> Factor(bool isHot, int place, int vector)
    {
        Vector256<double> t = points[vector];
        Vector256<double> factor = (Vector256<double>.One - t) * places[place].Share;
        return isHot ? factor + t : factor;
    }

    /// <summary>Takes a twin's factor out again. It is 0 only where no training row went, and so is the product.</summary>
    private Vector256<double> Divided(Vector256<double> product, bool isHot, int twin, int vector) =>
        isHot || places[twin].Share > 0 ? product / Factor(isHot, twin, vector) : Vector256<double>.Zero;
}
