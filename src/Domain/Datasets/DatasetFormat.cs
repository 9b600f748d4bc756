namespace Trainyard.Domain.Datasets;

/// <summary>How the content of a dataset is written.</summary>
public enum DatasetFormat
{
    /// <summary>RFC 4180 and its relatives; delimiter and header are detected.</summary>
    Csv,

    /// <summary>One flat JSON object a line.</summary>
    Ndjson,
}
