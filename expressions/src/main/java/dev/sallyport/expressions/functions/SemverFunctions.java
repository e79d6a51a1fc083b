package dev.sallyport.expressions.functions;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.sallyport.expressions.functions.Family.Typed;

/** Semantic versions, strictly written. */
final class SemverFunctions {

  static final CelType SEMVER = OpaqueType.create("kubernetes.Semver");

  private static final Typed<Semver> TYPED = new Typed<>(SEMVER, Semver.class);

  private SemverFunctions() {}

  static Family family() {
    Family family = new Family();
    family.global(
        "semver",
        "string_to_semver",
        SEMVER,
        SimpleType.STRING,
        String.class,
        SemverFunctions::parse);
    family.global(
        "isSemver",
        "is_semver_string",
        SimpleType.BOOL,
        SimpleType.STRING,
        String.class,
        text -> Semver.of(text) != null);
    family.member("major", "semver_major", SimpleType.INT, SEMVER, Semver.class, Semver::major);
    family.member("minor", "semver_minor", SimpleType.INT, SEMVER, Semver.class, Semver::minor);
    family.member("patch", "semver_patch", SimpleType.INT, SEMVER, Semver.class, Semver::patch);
    family.member(
        "isGreaterThan",
        "semver_is_greater_than",
        SimpleType.BOOL,
        TYPED,
        TYPED,
        (one, other) -> one.compareTo(other) > 0);
    family.member(
        "isLessThan",
        "semver_is_less_than",
        SimpleType.BOOL,
        TYPED,
        TYPED,
        (one, other) -> one.compareTo(other) < 0);
    family.member(
        "compareTo",
        "semver_compare_to",
        SimpleType.INT,
        TYPED,
        TYPED,
        (one, other) -> (long) one.compareTo(other));
    return family;
  }

  private static Semver parse(String text) throws CelEvaluationException {
    Semver version = Semver.of(text);
    if (version == null) {
      throw new CelEvaluationException("\"" + text + "\" is no semantic version");
    }
    return version;
  }
}
