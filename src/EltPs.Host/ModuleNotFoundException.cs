namespace EltPs.Host;

/// <summary>The EltPs module that elt is for is not there; the message says where it was expected.</summary>
internal sealed class ModuleNotFoundException(string message) : Exception(message);
