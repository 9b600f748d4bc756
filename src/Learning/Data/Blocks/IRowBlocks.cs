namespace Trainyard.Learning.Data.Blocks;

/// <summary>What becomes of the rows of a file that is read block by block.</summary>
internal interface IRowBlocks
{
    /// <summary>What the values of a column must be; null to find out from each block by itself. Thread safe.</summary>
    ColumnSchema? SchemaOf(string name);

    /// <summary>Takes the next rows. A column that a block lacks is missing in all of its rows.</summary>
    void Take(RowBlock block);
}
