namespace Trainyard.MLNet.Rows;

/// <summary>A row as Microsoft.ML reads it; the names of its members are those of the columns.</summary>
internal sealed class Example
{
    /// <summary>As many as the schema says.</summary>
    public float[] Features { get; set; } = [];

    /// <summary>The label of two classes: whether it is the second.</summary>
    public bool IsSecond { get; set; }

    /// <summary>The label of several classes, from 1; 0 stands for none.</summary>
    public uint Class { get; set; }

    /// <summary>The label that is a number.</summary>
    public float Value { get; set; }

    /// <summary>Above 0.</summary>
    public float Weight { get; set; } = 1;
}
