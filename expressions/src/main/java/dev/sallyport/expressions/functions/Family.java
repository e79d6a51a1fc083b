package dev.sallyport.expressions.functions;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions that belong together: how they are declared, and what they do. */
final class Family {
  private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
  private final Map<String, List<CelFunctionBinding>> bound = new LinkedHashMap<>();

  /** A function of one argument, called as {@code name(argument)}. */
  <T> void global(
      String name,
      String id,
      CelType result,
      CelType type,
      Class<T> form,
      CelFunctionOverload.Unary<T> does) {
    add(name, CelOverloadDecl.newGlobalOverload(id, result, type));
    bind(name, CelFunctionBinding.from(id, form, does));
  }

  /** A function without any argument. */
  void constant(String name, String id, CelType result, CelFunctionOverload does) {
    add(name, CelOverloadDecl.newGlobalOverload(id, result, List.of()));
    bind(name, CelFunctionBinding.from(id, List.of(), does));
  }

  /** A function without arguments but its receiver. */
  <T> void member(
      String name,
      String id,
      CelType result,
      CelType receiver,
      Class<T> form,
      CelFunctionOverload.Unary<T> does) {
    add(name, CelOverloadDecl.newMemberOverload(id, result, receiver));
    bind(name, CelFunctionBinding.from(id, form, does));
  }

  /** A function of a receiver and one argument. */
  <T, U> void member(
      String name,
      String id,
      CelType result,
      Typed<T> receiver,
      Typed<U> argument,
      CelFunctionOverload.Binary<T, U> does) {
    add(name, CelOverloadDecl.newMemberOverload(id, result, receiver.type, argument.type));
    bind(name, CelFunctionBinding.from(id, receiver.form, argument.form, does));
  }

  /** A function of a receiver and several arguments. */
  void member(
      String name,
      String id,
      CelType result,
      List<Typed<?>> receiverAndArguments,
      CelFunctionOverload does) {
    List<CelType> types = new ArrayList<>();
    List<Class<?>> forms = new ArrayList<>();
    for (Typed<?> one : receiverAndArguments) {
      types.add(one.type);
      forms.add(one.form);
    }
    add(name, CelOverloadDecl.newMemberOverload(id, result, types));
    bind(name, CelFunctionBinding.from(id, forms, does));
  }

  /** A type as CEL knows it and as Java does. */
  record Typed<T>(CelType type, Class<T> form) {}

  private void add(String name, CelOverloadDecl overload) {
    declared.computeIfAbsent(name, made -> new ArrayList<>()).add(overload);
  }

  private void bind(String name, CelFunctionBinding binding) {
    bound.computeIfAbsent(name, made -> new ArrayList<>()).add(binding);
  }

  List<CelFunctionDecl> declarations() {
    List<CelFunctionDecl> declarations = new ArrayList<>();
    declared.forEach(
        (name, overloads) ->
            declarations.add(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
    return declarations;
  }

  List<CelFunctionBinding> bindings() {
    List<CelFunctionBinding> bindings = new ArrayList<>();
    bound.forEach(
        (name, overloads) -> bindings.addAll(CelFunctionBinding.fromOverloads(name, overloads)));
    return bindings;
  }
}
