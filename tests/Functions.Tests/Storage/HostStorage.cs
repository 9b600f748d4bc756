namespace Trainyard.Functions.Tests.Storage;

/// <summary>Where hosts under test keep documents and blobs: here in their own folder. The same tests on Azure Storage bring another class of this name.</summary>
internal static class HostStorage
{
    /// <summary>Settings of a host that shares nothing with any other.</summary>
    /// <param name="settings">What else the host is told.</param>
    public static Task<IReadOnlyDictionary<string, string?>> SettingsAsync(params (string Name, string? Value)[] settings) =>
        Task.FromResult<IReadOnlyDictionary<string, string?>>(settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal));
}
