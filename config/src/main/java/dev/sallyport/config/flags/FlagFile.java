package dev.sallyport.config.flags;

import dev.sallyport.config.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Flags from a YAML file: a flat map of flag names (without dashes) to a value or a list of values.
 * Every value is taken as it is written, as if it stood on the command line, which wins over the
 * file. A name twice, a tag, an alias or a deeper structure is a fault.
 */
public final class FlagFile {
  private static final int LARGEST = 1 << 20;

  private final String flag;
  private final Path file;
  private final FlagTable table;
  private final Faults faults;
  private final Set<Node> seen = new HashSet<>();

  private FlagFile(String flag, Path file, FlagTable table, Faults faults) {
    this.flag = flag;
    this.file = file;
    this.table = table;
    this.faults = faults;
  }

  /**
   * Gives the flags what the file says; those given already keep what they have.
   *
   * @param flag the flag that names the file, for faults
   */
  public static void read(String flag, Path file, FlagTable table, Faults faults) {
    new FlagFile(flag, file, table, faults).read();
  }

  private void read() {
    try {
      if (Files.size(file) > LARGEST) {
        faults.add(flag, file, "a YAML file of at most 1 MiB");
        return;
      }
      compose(Files.readString(file)).ifPresent(this::document);
    } catch (IOException e) {
      faults.add(flag, file, "a readable YAML file; " + Unreadable.reason(e));
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("");
      faults.add(flag, file, "a YAML map of flags; " + e.getProblem() + line);
    } catch (YamlEngineException e) {
      faults.add(flag, file, "a YAML map of flags; it cannot be parsed");
    }
  }

  private static Optional<Node> compose(String text) {
    // The failsafe schema keeps every scalar a text: 0640 and 1.30 stay what they are.
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setMaxAliasesForCollections(0)
            .setCodePointLimit(LARGEST)
            .build();
    return new Compose(settings).composeString(text);
  }

  private void document(Node root) {
    if (root instanceof ScalarNode empty && empty.getValue().isEmpty()) {
      return;
    }
    if (!(root instanceof MappingNode map) || !root.getTag().equals(Tag.MAP)) {
      fault(root, "a map of flags");
      return;
    }
    Set<String> names = new HashSet<>();
    for (NodeTuple entry : map.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key) || !plain(key)) {
        fault(entry.getKeyNode(), "a flag's name");
      } else if (!names.add(key.getValue().replace('_', '-'))) {
        fault(key, "each flag once; " + key.getValue() + " is there twice");
      } else {
        entry(key, entry.getValueNode());
      }
    }
  }

  private void entry(ScalarNode key, Node value) {
    String name = key.getValue();
    Optional<Flag<?>> known = table.find(name).filter(found -> !flag.equals("--" + found.name()));
    if (known.isEmpty()) {
      Optional<String> near = table.nearest(name).filter(other -> !other.equals(name));
      String hint = near.map(other -> "; the nearest is " + other).orElse("");
      fault(key, "a known flag, not " + name + hint);
      return;
    }
    if (known.get().isSet()) {
      return; // the command line wins
    }
    if (value instanceof ScalarNode scalar && plain(scalar)) {
      give(known.get(), scalar.getValue(), key);
    } else if (value instanceof SequenceNode list && list.getTag().equals(Tag.SEQ) && fresh(list)) {
      list(known.get(), list, key);
    } else {
      fault(value, "a value or a list of values for " + name);
    }
  }

  private void list(Flag<?> known, SequenceNode list, ScalarNode key) {
    for (Node item : list.getValue()) {
      if (item instanceof ScalarNode scalar && plain(scalar)) {
        boolean commas = known.type().arity() == ValueType.Arity.LIST;
        give(known, commas ? CommaList.quote(scalar.getValue()) : scalar.getValue(), key);
      } else {
        fault(item, "a list of single values for " + known.name());
      }
    }
  }

  private void give(Flag<?> known, String value, Node where) {
    known.give(value, " in " + file + line(where));
  }

  /** Whether a scalar is written out here, without a tag. */
  private boolean plain(ScalarNode scalar) {
    return scalar.getTag().equals(Tag.STR) && fresh(scalar);
  }

  /** An alias is the same node a second time. */
  private boolean fresh(Node node) {
    return seen.add(node);
  }

  private void fault(Node where, String expected) {
    faults.add(flag, file + line(where), expected);
  }

  private static String line(Node node) {
    return node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
  }
}
