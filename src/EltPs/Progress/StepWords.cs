using System.Diagnostics;
using EltPs.Engine.Events;

namespace EltPs.Progress;

/// <summary>What a step does, in words.</summary>
internal static class StepWords
{
    /// <summary>What is done in the step: <c>building</c>.</summary>
    public static string Doing(EltStep step) => step switch
    {
        EltStep.Prepare => "preparing",
        EltStep.Stage => "building",
        EltStep.Check => "checking",
        EltStep.Publish => "publishing",
        _ => throw new UnreachableException($"Nothing words the step {step}."),
    };
}
