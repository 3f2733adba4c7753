using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.PipelineFiles;

/// <summary>The connections that are known by name outside of a pipeline file.</summary>
internal interface IConnectionLookup
{
    /// <summary>
    /// Finds a connection by its name, compared without case. The first place that has it wins, and later ones are not read.
    /// </summary>
    /// <returns>The connection, which may have a problem; null if no place has it.</returns>
    /// <exception cref="EltException"><see cref="EltErrorKind.InvalidConnection"/>: a file that may have it cannot be used.</exception>
    KnownConnection? Find(string name);

    /// <summary>All names, for the message about an unknown one. Places that cannot be read have none.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Where names are looked up, in this order, in words.</summary>
    IReadOnlyList<string> Places { get; }
}
