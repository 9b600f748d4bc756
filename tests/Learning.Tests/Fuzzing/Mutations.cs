using System.Text;
using System.Text.RegularExpressions;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Fuzzing;

/// <summary>Ways to damage files. The generator alone decides what happens, so that every file can be made again.</summary>
internal static partial class Mutations
{
    private const int HeaderBytes = 80;

    private static readonly string[] Extremes = ["-1", "0", "1e308", "-1e308", "2147483647", "2147483648", "-2147483648", "1e400", "0.5", "null", "\"x\"", "[]", "{}", "true"];

    /// <summary>Accidents: a file cut short, grown, or with one bit or byte changed.</summary>
    public static byte[] OfFile(ReadOnlySpan<byte> original, DeterministicRandom random)
    {
        byte[] mutated = original.ToArray();
        switch (random.NextInt(4))
        {
            case 0:
                return mutated[..random.NextInt(mutated.Length)];
            case 1:
                return [.. mutated, (byte)random.NextInt(256)];
            case 2:
                // Headers and lengths, where a byte does most.
                mutated[random.NextInt(Math.Min(HeaderBytes, mutated.Length))] = (byte)random.NextInt(256);
                return mutated;
            default:
                mutated[random.NextInt(mutated.Length)] ^= (byte)(1 << random.NextInt(8));
                return mutated;
        }
    }

    /// <summary>Numbers in binary: cut short, or up to three bytes changed, full or flipped.</summary>
    public static byte[] OfBinary(ReadOnlySpan<byte> original, DeterministicRandom random)
    {
        byte[] mutated = original.ToArray();
        if (random.NextInt(6) == 0)
        {
            return mutated[..random.NextInt(mutated.Length)];
        }

        int kind = random.NextInt(3);
        for (int change = 0; change <= random.NextInt(3); change++)
        {
            int at = random.NextInt(mutated.Length);
            mutated[at] = kind switch
            {
                0 => (byte)random.NextInt(256),
                1 => 0xFF,
                _ => (byte)(mutated[at] ^ (1 << random.NextInt(8))),
            };
        }

        return mutated;
    }

    /// <summary>JSON: cut short, one number made extreme, or up to three characters changed.</summary>
    public static byte[] OfJson(ReadOnlySpan<byte> original, DeterministicRandom random)
    {
        const string likely = "\"{}[]:,0123456789-eEnulltrf.";
        byte[] mutated = original.ToArray();
        switch (random.NextInt(4))
        {
            case 0:
                return mutated[..random.NextInt(mutated.Length)];
            case 1:
                string text = Encoding.UTF8.GetString(mutated);
                MatchCollection numbers = Number().Matches(text);
                Match chosen = numbers[random.NextInt(numbers.Count)];
                return Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, chosen.Index), Extremes[random.NextInt(Extremes.Length)], text.AsSpan(chosen.Index + chosen.Length)));
            default:
                for (int change = 0; change <= random.NextInt(3); change++)
                {
                    mutated[random.NextInt(mutated.Length)] = (byte)likely[random.NextInt(likely.Length)];
                }

                return mutated;
        }
    }

    /// <summary>A model file with one hostile section whose checksum is right.</summary>
    public static byte[] OfSection(ReadOnlyMemory<byte> file, string section, DeterministicRandom random)
    {
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sections = SectionedFile.Read(file);
        bool isBinary = section is ModelFileFormat.ModelSection or ModelFileFormat.CalibrationSection;
        byte[] hostile = isBinary ? OfBinary(sections[section].Span, random) : OfJson(sections[section].Span, random);
        return SectionedFile.Write([.. sections.Select(each => new FileSection(each.Key, each.Key == section ? hostile : each.Value))]);
    }

    [GeneratedRegex(@"(?<=[:\[,])-?[0-9][0-9.eE+-]*", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
