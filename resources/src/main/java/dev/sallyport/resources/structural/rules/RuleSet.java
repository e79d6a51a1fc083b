package dev.sallyport.resources.structural.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.StatusCause;
import dev.sallyport.expressions.InvalidExpressionException;
import dev.sallyport.resources.structural.tree.Rule;
import dev.sallyport.resources.structural.tree.SchemaNode;
import dev.sallyport.resources.structural.tree.SchemaNode.Trait;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All rules of a schema. They are compiled when a value of their schema is first checked, and kept
 * as long as memory allows. Any thread.
 */
public final class RuleSet {
  private final SchemaNode root;
  private final boolean resource;
  private volatile @Nullable SoftReference<IdentityHashMap<SchemaNode, List<CompiledRule>>> kept;

  /**
   * A schema's rules.
   *
   * @param root of a schema that has rules somewhere
   * @param resource whether it is a whole resource's
   */
  public RuleSet(SchemaNode root, boolean resource) {
    this.root = root;
    this.resource = resource;
  }

  /**
   * What an object breaks.
   *
   * @param old the object before an update, or null
   */
  public List<StatusCause> check(JsonNode object, @Nullable JsonNode old) {
    return new RuleCheck(this, root).check(object, old);
  }

  List<CompiledRule> of(SchemaNode schema) {
    IdentityHashMap<SchemaNode, List<CompiledRule>> known = known();
    synchronized (known) {
      List<CompiledRule> rules = known.get(schema);
      if (rules == null) {
        rules = compile(schema);
        known.put(schema, rules);
      }
      return rules;
    }
  }

  private IdentityHashMap<SchemaNode, List<CompiledRule>> known() {
    SoftReference<IdentityHashMap<SchemaNode, List<CompiledRule>>> reference = kept;
    IdentityHashMap<SchemaNode, List<CompiledRule>> known =
        reference == null ? null : reference.get();
    if (known == null) {
      // Nodes of a tree are shared where they are equal: identity is enough, and cheap.
      known = new IdentityHashMap<>();
      kept = new SoftReference<>(known);
    }
    return known;
  }

  /** Whether a schema's values are whole resources. */
  @SuppressWarnings("ReferenceEquality") // The root is the one at the root, not one that equals it.
  boolean isResource(SchemaNode schema) {
    return (resource && schema == root) || schema.is(Trait.EMBEDDED_RESOURCE);
  }

  private List<CompiledRule> compile(SchemaNode schema) {
    List<CompiledRule> compiled = new ArrayList<>();
    RuleType type = schema.rules().isEmpty() ? null : RuleType.of(schema, isResource(schema));
    if (type == null) {
      return compiled;
    }
    RuleCompiler compiler = new RuleCompiler(schema, type.type());
    for (Rule rule : schema.rules()) {
      try {
        compiled.add(compiler.compile(rule));
      } catch (InvalidExpressionException e) {
        // Definitions with such a rule are refused; whoever stored one has gone around that.
        throw new IllegalStateException(e.fault(), e);
      }
    }
    return compiled;
  }
}
