package dev.sallyport.expressions.cel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeFactory;
import dev.sallyport.expressions.ValueType;
import dev.sallyport.expressions.ValueType.Bounded;
import dev.sallyport.expressions.ValueType.ListOf;
import dev.sallyport.expressions.ValueType.MapOf;
import dev.sallyport.expressions.ValueType.OptionalOf;
import dev.sallyport.expressions.ValueType.Simple;
import dev.sallyport.expressions.ValueType.Struct;
import dev.sallyport.expressions.functions.KubernetesFunctions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** CEL as Kubernetes speaks it: options, libraries and bounds. */
final class Dialect {

  /** Longer than any sensible rule; what is longer is refused when it is compiled. */
  private static final int LONGEST = 16 << 10;

  /** Rounds of all loops of one evaluation together; some milliseconds' worth. */
  private static final int ROUNDS = 100_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .enableOptionalSyntax(true)
          .populateMacroCalls(false)
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(64)
          .comprehensionMaxIterations(ROUNDS)
          .build();

  private Dialect() {}

  static CelCompiler compiler(Map<String, ValueType> variables) {
    Map<String, CelType> structs = new HashMap<>();
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(
                CelExtensions.optional(),
                CelExtensions.strings(),
                CelExtensions.lists(),
                CelExtensions.sets(OPTIONS),
                CelExtensions.comprehensions());
    KubernetesFunctions.declare(builder);
    variables.forEach((name, type) -> builder.addVar(name, type(type, structs)));
    ImmutableList<CelType> types =
        ImmutableList.<CelType>builder()
            .addAll(structs.values())
            .addAll(KubernetesFunctions.TYPES)
            .build();
    return builder.setTypeProvider(new Structs(types)).build();
  }

  /** One for all expressions: it knows functions, and nothing of variables. */
  static CelRuntime runtime() {
    return SharedRuntime.RUNTIME;
  }

  /** Made when the first expression is. */
  private static final class SharedRuntime {
    static final CelRuntime RUNTIME = make();
  }

  private static CelRuntime make() {
    CelRuntimeBuilder builder =
        CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(
                CelExtensions.optional(),
                CelExtensions.strings(),
                CelExtensions.lists(),
                CelExtensions.sets(OPTIONS),
                CelExtensions.comprehensions());
    KubernetesFunctions.bind(builder);
    return builder.build();
  }

  private static CelType type(ValueType declared, Map<String, CelType> structs) {
    if (declared instanceof Simple simple) {
      return simple(simple);
    }
    if (declared instanceof Bounded bounded) {
      return simple(bounded.type());
    }
    if (declared instanceof OptionalOf optional) {
      return OptionalType.create(type(optional.value(), structs));
    }
    if (declared instanceof ListOf list) {
      return ListType.create(type(list.item(), structs));
    }
    if (declared instanceof MapOf map) {
      return MapType.create(SimpleType.STRING, type(map.value(), structs));
    }
    Struct struct = (Struct) declared;
    CelType known = structs.get(struct.name());
    return known == null ? declare(struct, structs) : known;
  }

  private static CelType simple(Simple simple) {
    return switch (simple) {
      case ANY -> SimpleType.DYN;
      case BOOL -> SimpleType.BOOL;
      case INT -> SimpleType.INT;
      case DOUBLE -> SimpleType.DOUBLE;
      case STRING -> SimpleType.STRING;
      case BYTES -> SimpleType.BYTES;
      case TIMESTAMP -> SimpleType.TIMESTAMP;
      case DURATION -> SimpleType.DURATION;
    };
  }

  private static CelType declare(Struct struct, Map<String, CelType> structs) {
    ImmutableMap.Builder<String, CelType> declared = ImmutableMap.builder();
    struct.fields().forEach((name, type) -> declared.put(name, type(type, structs)));
    ImmutableMap<String, CelType> fields = declared.buildOrThrow();
    CelType made =
        StructType.create(
            struct.name(), fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    structs.put(struct.name(), made);
    return made;
  }

  private record Structs(ImmutableList<CelType> types) implements CelTypeProvider {
    @Override
    public Optional<CelType> findType(String name) {
      return types.stream().filter(type -> type.name().equals(name)).findFirst();
    }
  }
}
