using EltPs.Engine.Files;

namespace EltPs.Engine.Reports;

/// <summary>The file of a report: there wholly or not at all, in place of the one of the last invocation.</summary>
internal static class ReportFile
{
    /// <summary>
    /// Makes the folder if it is not there, and makes sure that the file can be written, so that nobody learns of it when all is built.
    /// </summary>
    /// <param name="path">The file, as an absolute path.</param>
    /// <exception cref="IOException">It cannot be written: something else has its name or that of its folder, or the disk is
    /// full.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Prepare(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!OperatingSystem.IsWindows() && path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            // A rename would put the file in the place of the device.
            throw new IOException("That is the place of devices, not of files.");
        }

        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
        {
            throw new IOException("That is a folder.");
        }

        if (Path.GetExtension(path).Equals(".psd1", StringComparison.OrdinalIgnoreCase))
        {
            // Most likely the parameters' values were mixed up, and a result would be the end of somebody's pipeline.
            throw new IOException("That is the name of a pipeline file.");
        }

        if (!Path.IsPathFullyQualified(path))
        {
            throw new IOException("That is no file.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        WholeFile.Try(path);
    }

    /// <summary>Writes it.</summary>
    /// <param name="path">The file, as an absolute path.</param>
    /// <param name="write">Writes what is in it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);
        WholeFile.Write(path, write);
    }
}
