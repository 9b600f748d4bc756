namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>Sees every commit of the engine; tests end the process, so to speak, around any of them.</summary>
internal interface ICommitObserver
{
    /// <summary>Called inside the transaction; what it throws undoes it.</summary>
    void BeforeCommit();

    /// <summary>Called when the transaction is on disk and nobody has been told yet.</summary>
    void AfterCommit();
}
