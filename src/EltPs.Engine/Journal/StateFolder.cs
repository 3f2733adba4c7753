namespace EltPs.Engine.Journal;

/// <summary>Where a pipeline's runs leave what later runs need: journals, the ledger, locks, alerts that wait.</summary>
/// <remarks>
/// One folder serves all pipeline files beside it; what belongs to one of them is kept apart by the file's name, so that a folder that is
/// moved or mounted elsewhere keeps its history.
/// </remarks>
internal sealed class StateFolder
{
    /// <summary>The folder's name beside a pipeline file.</summary>
    public const string FolderName = ".eltps";

    private const string IgnoreFile = ".gitignore";

    private StateFolder(string path, string pipelineFile)
    {
        FullPath = path;
        PipelineFile = pipelineFile;
    }

    /// <summary>The folder's absolute path. It need not exist.</summary>
    public string FullPath { get; }

    /// <summary>The pipeline file's name without its folder, which keeps pipelines apart within the folder.</summary>
    public string PipelineFile { get; }

    /// <summary>The state folder of a pipeline. Nothing is created yet.</summary>
    /// <param name="pipelinePath">The pipeline file's absolute path.</param>
    /// <param name="statePath">The absolute path of another folder to use; null or empty for the one beside the pipeline file.</param>
    public static StateFolder For(string pipelinePath, string? statePath)
    {
        ArgumentException.ThrowIfNullOrEmpty(pipelinePath);
        var folder = string.IsNullOrEmpty(statePath)
            ? Path.Combine(Path.GetDirectoryName(pipelinePath) ?? string.Empty, FolderName)
            : statePath;
        return new StateFolder(Path.GetFullPath(folder), Path.GetFileName(pipelinePath));
    }

    /// <summary>The state folder in which a journal lies.</summary>
    /// <param name="journalPath">The journal's absolute path.</param>
    /// <param name="pipelinePath">The pipeline file's absolute path.</param>
    public static StateFolder Holding(string journalPath, string pipelinePath) =>
        For(pipelinePath, Path.GetDirectoryName(Path.GetDirectoryName(journalPath)));

    /// <summary>The absolute path of something within it, which need not exist.</summary>
    public string PathOf(params IEnumerable<string> names) => Path.Combine([FullPath, .. names]);

    /// <summary>Makes the folder, or a folder within it, if it is not there.</summary>
    /// <param name="names">The folder within it; none for itself.</param>
    /// <returns>The folder's absolute path.</returns>
    /// <exception cref="IOException">It cannot be made: the disk is full, or a file has its name.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made here.</exception>
    public string Ensure(params IEnumerable<string> names)
    {
        var folder = PathOf(names);
        Directory.CreateDirectory(folder);
        Ignore();
        return folder;
    }

    /// <summary>The folder's path.</summary>
    public override string ToString() => FullPath;

    // State belongs to a machine. Whoever adds the pipeline's folder to a repository does not want it there, and should not have to know
    // that.
    private void Ignore()
    {
        var path = PathOf(IgnoreFile);
        if (File.Exists(path))
        {
            return;
        }

        try
        {
            File.WriteAllText(path, "*\n");
        }
        catch (IOException)
        {
            // Another run makes it right now, or the disk is full: nothing depends on it.
        }
    }
}
