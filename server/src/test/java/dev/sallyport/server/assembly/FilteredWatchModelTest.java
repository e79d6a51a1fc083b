package dev.sallyport.server.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.UserInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What informers rely on, with filtered lists: random writes, changes of bindings and roles, slow
 * readers, cut connections, pages, compaction, restarts and other groups of the same user, in
 * random order. When all is quiet, each copy holds what its user may see, and nothing else; and
 * nobody is told an object as added or modified that is out of sight at that moment.
 */
final class FilteredWatchModelTest {

  private static final String PATH = "/api/v1/configmaps";
  private static final String[] NAMESPACES = {"a", "b", "c", "d"};
  private static final String[] NAMES = {"x", "y", "z"};
  private static final int STEPS = 90;
  private static final long SEEDS = Long.getLong("sallyport.seeds", 60);

  /** What the role "reader" lets do. */
  private enum Reader {
    ALL("{'verbs':['list','watch'],'apiGroups':[''],'resources':['configmaps']}"),
    NAMED(
        "{'verbs':['list','watch'],'apiGroups':[''],'resources':['configmaps'],"
            + "'resourceNames':['x','y']}"),
    LISTS("{'verbs':['list'],'apiGroups':[''],'resources':['configmaps']}"),
    NOTHING("{'verbs':['list','watch'],'apiGroups':[''],'resources':['secrets']}");

    private final String rule;

    Reader(String rule) {
      this.rule = rule;
    }

    boolean gives(String verb, String name) {
      return switch (this) {
        case ALL -> true;
        case NAMED -> !name.equals("z") && !name.isEmpty();
        case LISTS -> verb.equals("list");
        case NOTHING -> false;
      };
    }
  }

  private record Bound(String namespace, String subject, boolean labelled) {}

  private final Map<String, String> objects = new TreeMap<>();
  private final Map<String, Bound> bindings = new TreeMap<>();
  private Reader reader = Reader.ALL;
  private int values;

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000, 2_000, 3_000})
  void everyCopyEndsAsWhatItsUserMaySee(long first) {
    for (long seed = first; seed < first + SEEDS; seed++) {
      objects.clear();
      bindings.clear();
      reader = Reader.ALL;
      Random random = new Random(seed);
      try (FilteredWorld world = new FilteredWorld(random.nextBoolean() ? 15 : 1_000)) {
        play(world, random, seed);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private void play(FilteredWorld world, Random random, long seed) {
    for (String namespace : NAMESPACES) {
      world.create("namespaces", "", "{'metadata':{'name':'" + namespace + "'}}");
    }
    world.create(
        "clusterroles", "", "{'metadata':{'name':'reader'},'rules':[" + Reader.ALL.rule + "]}");
    List<FilteredInformer> informers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      FilteredInformer[] self = new FilteredInformer[1];
      FilteredInformer informer =
          new FilteredInformer(
              world,
              PATH,
              "client-" + i,
              user(i == 2 || random.nextBoolean()),
              random.nextInt(3) > 0,
              random.nextInt(3),
              (type, key, object) -> witnessed(self[0].user(), type, key, object));
      self[0] = informer;
      informers.add(informer);
    }
    for (int step = 0; step < STEPS; step++) {
      step(world, random, informers);
    }
    for (FilteredInformer informer : informers) {
      settle(world, informer, random.nextBoolean());
      check(informer, seed);
    }
  }

  private static UserInfo user(boolean first) {
    return UserInfo.of("u", first ? "g" : "h");
  }

  private void step(FilteredWorld world, Random random, List<FilteredInformer> informers) {
    FilteredInformer informer = informers.get(random.nextInt(informers.size()));
    switch (random.nextInt(14)) {
      case 0, 1, 2, 3 -> write(world, random);
      case 4, 5 -> bind(world, random);
      case 6 -> informer.cut();
      case 7, 8 -> informer.connect(() -> disturb(world, random));
      case 9 -> informer.wait61s();
      case 10 -> {
        if (random.nextInt(4) == 0) {
          informer.cut();
          informer.user(user(random.nextBoolean()));
        }
      }
      case 11 -> informer.slow(random.nextBoolean());
      case 12 -> {
        if (random.nextInt(5) == 0) {
          changeReader(world, random);
        } else if (random.nextInt(12) == 0) {
          informers.forEach(FilteredInformer::cut);
          world.restart();
        }
      }
      default -> informer.run(random.nextInt(6));
    }
  }

  private void disturb(FilteredWorld world, Random random) {
    if (random.nextInt(3) == 0) {
      bind(world, random);
    }
    if (random.nextInt(3) == 0) {
      write(world, random);
    }
  }

  private void write(FilteredWorld world, Random random) {
    String namespace = NAMESPACES[random.nextInt(NAMESPACES.length)];
    String name = NAMES[random.nextInt(NAMES.length)];
    String key = namespace + "/" + name;
    String value = "v" + values++;
    if (!objects.containsKey(key)) {
      world.create(
          "configmaps",
          namespace,
          "{'metadata':{'name':'" + name + "'},'data':{'v':'" + value + "'}}");
      objects.put(key, value);
    } else if (random.nextInt(3) == 0) {
      world.delete("configmaps", namespace, name);
      objects.remove(key);
    } else {
      world.patch("configmaps", namespace, name, "{'data':{'v':'" + value + "'}}");
      objects.put(key, value);
    }
  }

  private void bind(FilteredWorld world, Random random) {
    boolean cluster = random.nextInt(10) == 0;
    String namespace = cluster ? "" : NAMESPACES[random.nextInt(NAMESPACES.length)];
    String subject = new String[] {"u", "g", "h"}[random.nextInt(3)];
    String name = "b-" + subject;
    String plural = cluster ? "clusterrolebindings" : "rolebindings";
    String key = namespace + "/" + name;
    if (bindings.containsKey(key) && random.nextInt(3) > 0) {
      world.delete(plural, namespace, name);
      bindings.remove(key);
      return;
    }
    boolean labelled = random.nextInt(5) > 0;
    String label = "'labels':{'sallyport.dev/filter-lists':'" + labelled + "'}";
    if (bindings.containsKey(key)) {
      world.patch(plural, namespace, name, "{'metadata':{" + label + "}}");
    } else {
      world.create(
          plural,
          namespace,
          "{'metadata':{'name':'%s',%s},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'reader'},'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'%s','name':'%s'}]}"
              .formatted(name, label, subject.equals("u") ? "User" : "Group", subject));
    }
    bindings.put(key, new Bound(namespace, subject, labelled));
  }

  private void changeReader(FilteredWorld world, Random random) {
    reader = Reader.values()[random.nextInt(Reader.values().length)];
    world.patch("clusterroles", "", "reader", "{'rules':[" + reader.rule + "]}");
  }

  private void witnessed(UserInfo user, String type, String key, JsonNode object) {
    if (type.equals("DELETED")) {
      return;
    }
    String verb = type.equals("LISTED") ? "list" : "watch";
    String[] parts = key.split("/", -1);
    boolean bound =
        bindings.values().stream()
            .anyMatch(
                binding ->
                    mine(binding, user)
                        && (binding.namespace().isEmpty() || binding.namespace().equals(parts[0]))
                        && reader.gives(verb, parts[1]));
    assertTrue(bound, () -> type + " told out of sight: " + object);
  }

  private boolean mine(Bound binding, UserInfo user) {
    return binding.subject().equals(user.name()) || user.groups().contains(binding.subject());
  }

  private boolean all(UserInfo user, String verb) {
    return bindings.values().stream()
        .anyMatch(
            binding ->
                binding.namespace().isEmpty() && mine(binding, user) && reader.gives(verb, ""));
  }

  private boolean shown(UserInfo user, String key) {
    String[] parts = key.split("/", -1);
    return bindings.values().stream()
        .anyMatch(
            binding ->
                binding.labelled()
                    && mine(binding, user)
                    && (binding.namespace().isEmpty() || binding.namespace().equals(parts[0]))
                    && reader.gives("list", parts[1]));
  }

  /** Connects until nothing more comes. */
  private void settle(FilteredWorld world, FilteredInformer informer, boolean cutFirst) {
    informer.slow(false);
    if (cutFirst || !all(informer.user(), "watch")) {
      informer.run(3);
      informer.cut();
    }
    for (int i = 0; i < 6; i++) {
      informer.run(200);
      informer.connect(() -> {});
      informer.run(200);
    }
    assertTrue(informer.live() || informer.forbidden() || informer.blind(), "never settles");
  }

  private void check(FilteredInformer informer, long seed) {
    if (informer.forbidden()) {
      return;
    }
    UserInfo user = informer.user();
    boolean everything = all(user, "list");
    Map<String, String> expected = new TreeMap<>();
    objects.forEach(
        (key, value) -> {
          if (everything || shown(user, key)) {
            expected.put(key, value);
          }
        });
    Map<String, String> held = new TreeMap<>();
    informer.cache().forEach((key, state) -> held.put(key, state.split(" ")[1]));
    assertEquals(expected, held, () -> "seed " + seed);
  }
}
