using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.LocalHost.CommandLine;

/// <summary>The options that say how a host runs.</summary>
internal sealed class ServeOptions
{
    private readonly Option<int?> port = new("--port")
    {
        Description = $"Port on 127.0.0.1; 0 takes a free one. Default: {LocalHostOptions.DefaultPort}.",
        HelpName = "number",
        CustomParser = ReadPort,
    };

    private readonly Option<string?> urls = new("--urls")
    {
        Description = "HTTP addresses to listen on, separated by semicolons; instead of --port.",
        HelpName = "addresses",
    };

    private readonly Option<string> data = new("--data")
    {
        Description = $"Folder for all state. Default: {LocalHostOptions.DefaultDataFolder}.",
        HelpName = "folder",
        DefaultValueFactory = static _ => LocalHostOptions.DefaultDataFolder,
    };

    /// <summary>Prepares the options and what they accept.</summary>
    public ServeOptions()
    {
        urls.Validators.Add(CheckUrls);
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(port);
        command.Options.Add(urls);
        command.Options.Add(data);
        command.Validators.Add(result =>
        {
            if (result.GetResult(port) is { Implicit: false } && result.GetResult(urls) is { Implicit: false })
            {
                result.AddError("Give --port or --urls, not both.");
            }
        });
    }

    /// <summary>What the command line asks for.</summary>
    public LocalHostOptions Read(ParseResult parsed)
    {
        LocalHostOptions options = new() { DataFolder = parsed.GetValue(data)!, HandleSignals = true };
        if (parsed.GetValue(urls) is { } given)
        {
            return options with { Urls = Split(given) };
        }

        return parsed.GetValue(port) is { } number ? options with { Urls = [$"http://127.0.0.1:{number}"] } : options;
    }

    private static string[] Split(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // The parser's own words for what is no number name a type of the runtime.
    private static int? ReadPort(ArgumentResult result)
    {
        string given = result.Tokens.Single().Value;
        if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= IPEndPoint.MaxPort)
        {
            return number;
        }

        result.AddError($"--port takes a number from {IPEndPoint.MinPort} to {IPEndPoint.MaxPort}, not '{given}'.");
        return null;
    }

    private static void CheckUrls(OptionResult result)
    {
        string[] given = Split(result.GetValueOrDefault<string?>() ?? "");
        if (given.Length == 0 || !Array.TrueForAll(given, IsUsable))
        {
            result.AddError("--urls takes addresses of the form http://IP:PORT, for example http://127.0.0.1:7071; * is every interface.");
        }
    }

    // The server takes a name or a port that it cannot read for "every interface", which nobody asked for.
    private static bool IsUsable(string url)
    {
        string every = url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(every, UriKind.Absolute, out Uri? address) || address.Scheme != Uri.UriSchemeHttp || address.PathAndQuery != "/")
        {
            return false;
        }

        // A free port is found for one address, and localhost stands for two.
        bool isLocalhost = string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase);
        return isLocalhost ? address.Port != 0 : IPAddress.TryParse(address.DnsSafeHost, out _);
    }
}
