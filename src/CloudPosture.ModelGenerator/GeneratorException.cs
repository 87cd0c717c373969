using System;

namespace CloudPosture.ModelGenerator;

/// <summary>Something the person who runs the generator can put right; the message says how.</summary>
public sealed class GeneratorException(string message) : Exception(message);
