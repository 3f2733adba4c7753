namespace EltPs.Engine.Schedulers;

/// <summary>Numbers as lists and ranges.</summary>
internal static class NumberRuns
{
    /// <summary>The numbers with runs of three and more drawn together.</summary>
    /// <param name="numbers">The numbers, in any order.</param>
    /// <param name="between">What stands between the first and the last of a run.</param>
    /// <param name="text">How a number is written.</param>
    public static string Text(IEnumerable<int> numbers, string between, Func<int, string> text)
    {
        var parts = new List<string>();
        var sorted = numbers.Order().ToList();
        for (var index = 0; index < sorted.Count;)
        {
            var last = index;
            while (last + 1 < sorted.Count && sorted[last + 1] == sorted[last] + 1)
            {
                last++;
            }

            parts.AddRange(
                last - index >= 2 ? [text(sorted[index]) + between + text(sorted[last])] : sorted[index..(last + 1)].Select(text));
            index = last + 1;
        }

        return string.Join(',', parts);
    }

    /// <summary>The step if the numbers are every so manyth from 0 up to an end, and at least three; else null.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="end">The first number that is too large.</param>
    public static int? Step(IReadOnlySet<int> numbers, int end) =>
        numbers.Count >= 3 && end % numbers.Count == 0 && numbers.All(number => number % (end / numbers.Count) == 0)
            ? end / numbers.Count
            : null;
}
