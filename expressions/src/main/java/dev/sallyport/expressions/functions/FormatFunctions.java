package dev.sallyport.expressions.functions;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.sallyport.expressions.functions.Family.Typed;
import java.util.Optional;

/** Named formats: {@code format.dns1123Label().validate(self.name)}. */
final class FormatFunctions {

  static final CelType FORMAT = OpaqueType.create("kubernetes.NamedFormat");

  private FormatFunctions() {}

  static Family family() {
    Family family = new Family();
    for (NamedFormat format : NamedFormat.values()) {
      family.constant(
          "format." + format.word(), "format_" + format.word(), FORMAT, arguments -> format);
    }
    family.global(
        "format.named",
        "format_named",
        OptionalType.create(FORMAT),
        SimpleType.STRING,
        String.class,
        word -> Optional.ofNullable(NamedFormat.of(word)));
    family.member(
        "validate",
        "format_validate",
        OptionalType.create(ListType.create(SimpleType.STRING)),
        new Typed<>(FORMAT, NamedFormat.class),
        new Typed<>(SimpleType.STRING, String.class),
        NamedFormat::validate);
    return family;
  }
}
