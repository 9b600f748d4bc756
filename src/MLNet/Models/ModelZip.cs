using Microsoft.ML;

namespace Trainyard.MLNet.Models;

/// <summary>Microsoft.ML's own file of a model, as a <see cref="StoredZip"/>.</summary>
internal static class ModelZip
{
    /// <summary>The file of a model: the same bytes for the same model.</summary>
    public static byte[] Save(MLContext context, ITransformer model, DataViewSchema schema)
    {
        using MemoryStream zip = new();
        context.Model.Save(model, schema, zip);
        zip.Position = 0;
        return StoredZip.Rewrite(zip);
    }

    /// <summary>The model of a file that passed the check of <see cref="StoredZip"/>. Its loader is Microsoft.ML's, which names types by text and trusts what it reads.</summary>
    public static ITransformer Load(MLContext context, byte[] zip)
    {
        using MemoryStream stream = new(zip, writable: false);
        return context.Model.Load(stream, out _);
    }
}
