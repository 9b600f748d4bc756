using System.Text;

namespace Trainyard.Learning.Data;

/// <summary>Checks the column names of a file.</summary>
internal static class ColumnNames
{
    /// <summary>The name of a column that the file does not name.</summary>
    public static string Default(int index) => $"column_{index + 1}";

    /// <summary>The name without surrounding space.</summary>
    public static string Checked(ReadOnlySpan<byte> text, ReadLimits limits, string codePrefix, long line)
    {
        if (text.Length > limits.MaxNameLength * 4L)
        {
            throw TooLong(limits, codePrefix, line);
        }

        string name = Encoding.UTF8.GetString(text).Trim();
        if (name.Length > limits.MaxNameLength)
        {
            throw TooLong(limits, codePrefix, line);
        }

        return name.Any(char.IsControl)
            ? throw ByteWindow.Error(codePrefix + "_column_name_invalid", "a column name has a control character or a line end in it.", line)
            : name;
    }

    private static LearningException TooLong(ReadLimits limits, string codePrefix, long line) =>
        ByteWindow.Error(codePrefix + "_column_name_invalid", $"a column name is longer than the limit of {limits.MaxNameLength} characters.", line);
}
