package dev.sallyport.expressions.functions;

import com.google.common.collect.ImmutableList;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.runtime.CelRuntimeBuilder;
import java.util.List;

/** Kubernetes' own functions, for compilers and runtimes. */
public final class KubernetesFunctions {

  private static final List<Family> FAMILIES =
      List.of(
          ListFunctions.family(),
          TextFunctions.family(),
          UrlFunctions.family(),
          QuantityFunctions.family(),
          AddressFunctions.family(),
          SemverFunctions.family(),
          FormatFunctions.family());

  /** The types that these functions bring along. */
  public static final ImmutableList<CelType> TYPES =
      ImmutableList.of(
          UrlFunctions.URL,
          QuantityFunctions.QUANTITY,
          AddressFunctions.IP,
          AddressFunctions.CIDR,
          SemverFunctions.SEMVER,
          FormatFunctions.FORMAT);

  private KubernetesFunctions() {}

  public static void declare(CelCompilerBuilder compiler) {
    for (Family family : FAMILIES) {
      compiler.addFunctionDeclarations(family.declarations());
    }
  }

  public static void bind(CelRuntimeBuilder runtime) {
    for (Family family : FAMILIES) {
      runtime.addFunctionBindings(family.bindings());
    }
  }
}
