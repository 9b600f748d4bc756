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

    /// <summary>Adds what each feature contributes to each of the tree's outputs.</summary>
    /// <param name="row">The row's features.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> vectors, overwritten.</param>
    /// <param name="hot">At least <see cref="PlaceCount"/> flags, overwritten.</param>
    /// <param name="contributions">Output by output, one per feature, added to.</param>
    public void Explain(ReadOnlySpan<double> row, Span<Vector256<double>> scratch, Span<bool> hot, Span<double> contributions)
    {
        int length = places.Length * vectors;
        Span<Vector256<double>> products = scratch[..length];
        Span<Vector256<double>> sums = scratch.Slice(length, length);
        Descend(row, hot, products);
        for (int output = 0; output < trees.LeafWidth; output++)
        {
            Ascend(output, hot, products, sums, contributions.Slice(output * row.Length, row.Length));
        }
    }

    /// <summary>The product of the factors of each place's path, and whether the row and its twins go there.</summary>
    private void Descend(ReadOnlySpan<double> row, Span<bool> hot, Span<Vector256<double>> products)
    {
        hot[0] = true;
        products[..vectors].Fill(Vector256<double>.One);
        ReadOnlySpan<TreeNode> nodes = trees.Nodes;

        // The two places below a decision follow each other, the left one first.
        for (int left = 1; left < places.Length; left += 2)
        {
            ref readonly TreePlace place = ref places[left];
            bool goesLeft = trees.GoesLeft(in nodes[places[place.Parent].Node], row[place.Feature]);
            hot[left] = goesLeft && hot[place.Twin];
            hot[left + 1] = !goesLeft && hot[place.Twin];
            for (int vector = 0; vector < vectors; vector++)
            {
                Vector256<double> product = products[(place.Parent * vectors) + vector];
                product = place.Twin == 0 ? product : Divided(product, hot[place.Twin], place.Twin, vector);
                products[(left * vectors) + vector] = product * Factor(hot[left], left, vector);
                products[((left + 1) * vectors) + vector] = product * Factor(hot[left + 1], left + 1, vector);
            }
        }
    }

    private void Ascend(int output, ReadOnlySpan<bool> hot, ReadOnlySpan<Vector256<double>> products, Span<Vector256<double>> sums, Span<double> contributions)
    {
        ReadOnlySpan<double> leaves = trees.Leaves;
        for (int left = places.Length - 2; left > 0; left -= 2)
        {
            ref readonly TreePlace place = ref places[left];
            int rightNode = places[left + 1].Node;
            Vector256<double> found = Vector256<double>.Zero;
            for (int vector = 0; vector < vectors; vector++)
            {
                int at = (left * vectors) + vector;
                Vector256<double> ofLeft = place.Node >= 0 ? sums[at] : products[at] * leaves[(~place.Node * trees.LeafWidth) + output];
                Vector256<double> ofRight = rightNode >= 0 ? sums[at + vectors] : products[at + vectors] * leaves[(~rightNode * trees.LeafWidth) + output];
                found += (ofLeft * Share(hot[left], left, vector)) + (ofRight * Share(hot[left + 1], left + 1, vector));
                Vector256<double> both = ofLeft + ofRight;
                sums[(place.Parent * vectors) + vector] = both;
                if (place.Twin != 0)
                {
                    found -= both * Share(hot[place.Twin], place.Twin, vector);
                }
            }

            contributions[place.Feature] += Vector256.Sum(found);
        }
    }

    private Vector256<double> Share(bool isHot, int place, int vector) => isHot ? hotShares[(place * vectors) + vector] : coldShares[vector];

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
