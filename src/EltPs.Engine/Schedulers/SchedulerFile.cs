namespace EltPs.Engine.Schedulers;

/// <summary>A file for a scheduler, not written yet.</summary>
/// <param name="Path">Where it is to be, as an absolute path.</param>
/// <param name="Text">What is in it, with line feeds.</param>
/// <param name="IsUtf16">Whether it is UTF-16 with a byte order mark; else it is UTF-8 without one.</param>
public sealed record SchedulerFile(string Path, string Text, bool IsUtf16 = false);
