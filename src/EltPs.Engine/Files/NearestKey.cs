namespace EltPs.Engine.Files;

/// <summary>Finds the key that the author of an unknown one probably meant.</summary>
internal static class NearestKey
{
    // Longer texts are no typing errors of a key, and the distance takes quadratic time.
    private const int LongestKey = 64;

    /// <summary>The known key with the fewest edits; null if none is near.</summary>
    public static string? Find(string key, IReadOnlyCollection<string> known)
    {
        if (key.Length > LongestKey)
        {
            return null;
        }

        var nearest = known
            .Select(name => (Name: name, Edits: Distance(key.ToUpperInvariant(), name.ToUpperInvariant())))
            .MinBy(pair => pair.Edits);
        return nearest.Name is not null && nearest.Edits <= Math.Max(2, nearest.Name.Length / 2) ? nearest.Name : null;
    }

    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 1; row <= left.Length; row++)
        {
            var current = new int[right.Length + 1];
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var change = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(change, Math.Min(previous[column], current[column - 1]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
