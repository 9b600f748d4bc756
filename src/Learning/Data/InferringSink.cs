namespace Trainyard.Learning.Data;

/// <summary>Keeps the cells as text; their type is found when all are there.</summary>
internal sealed class InferringSink(string name) : RowSink
{
    private readonly CellArena cells = new();

    public override int Count => cells.Count;

    public override void AppendMissing(long line) => cells.AppendMissing();

    public override void Append(ReadOnlySpan<byte> text, long line) => cells.Append(text);

    public override Column Build() => TypeInference.Build(name, cells);
}
