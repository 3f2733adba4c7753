using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;

namespace EltPs.Engine.PipelineFiles;

/// <summary>One name of a table of connections.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The warehouse's type; null if it cannot be told.</param>
/// <param name="Definition">The connection; null if there are complaints.</param>
/// <param name="Complaints">What is wrong with it.</param>
internal sealed record ConnectionEntry(string Name, string? Type, ConnectionDefinition? Definition, IReadOnlyList<Complaint> Complaints);
