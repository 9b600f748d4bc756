using Trainyard.Learning.Data;

namespace Trainyard.Domain.Serving.Faces;

/// <summary>Sees one row of a request.</summary>
/// <param name="row">0-based.</param>
/// <param name="cells">One per column of the model, in its order; overwritten by the next row.</param>
internal delegate void RowVisit(int row, ReadOnlySpan<Cell> cells);
