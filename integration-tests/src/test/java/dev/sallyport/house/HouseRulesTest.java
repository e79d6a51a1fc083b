package dev.sallyport.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What docs/architecture.md promises about dependencies, held against the compiled classes. */
final class HouseRulesTest {

  private static final String ROOT = "dev.sallyport.";

  private static JavaClasses classes;

  /** A room and the rooms it may not know. */
  private record Room(String name, Set<String> mayKnow) {}

  private static final Set<String> ALL =
      Set.of(
          "api",
          "config",
          "webhook",
          "expressions",
          "store",
          "authn",
          "authz",
          "audit",
          "resources",
          "controllers",
          "proxy",
          "server",
          "junit");

  private static final List<Room> ROOMS =
      List.of(
          new Room("api", Set.of()),
          new Room("config", Set.of()),
          new Room("webhook", Set.of("api", "config")),
          new Room("expressions", Set.of("api")),
          new Room("store", Set.of("api", "config")),
          new Room("authn", Set.of("api", "config", "store", "webhook", "expressions")),
          new Room("authz", Set.of("api", "config", "store", "webhook", "expressions")),
          new Room("audit", Set.of("api", "config", "webhook")),
          new Room("resources", Set.of("api", "config", "store", "expressions")),
          new Room("controllers", Set.of("api", "config", "store")),
          new Room("proxy", Set.of("api", "config", "webhook")),
          new Room("server", allBut("server", "junit")),
          new Room("junit", Set.of("config", "server")));

  private static Set<String> allBut(String... names) {
    Set<String> others = new HashSet<>(ALL);
    List.of(names).forEach(others::remove);
    return others;
  }

  @BeforeAll
  static void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // Some rooms lend their tests' helpers to others as a jar.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.sallyport");
  }

  @TestFactory
  List<DynamicTest> everyRoomKnowsOnlyWhatStandsBelowIt() {
    return ROOMS.stream()
        .map(room -> DynamicTest.dynamicTest(room.name(), () -> checkArrows(room)))
        .toList();
  }

  private static void checkArrows(Room room) {
    String[] forbidden =
        ALL.stream()
            .filter(other -> !other.equals(room.name()) && !room.mayKnow().contains(other))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + room.name() + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .check(classes);
  }

  @Test
  void noPackageCycles() {
    slices().matching("dev.sallyport.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void nettyOnlyWhereConnectionsAre() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "server..", ROOT + "proxy..", ROOT + "webhook..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(classes);
  }

  @Test
  void factoriesAreKnownOnlyToTheAssembly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..factory..", ROOT + "server.assembly..", ROOT + "server.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.sallyport..factory..")
        .check(classes);
  }

  @Test
  void contractsDoNotKnowWhatImplementsThem() {
    for (Room room : ROOMS) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + room.name())
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + room.name() + ".*..")
          .check(classes);
    }
  }

  @Test
  void nothingBlocksOutsideMain() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "server.cli..", ROOT + "junit..")
        .should(waitForAFuture())
        .check(classes);
  }

  private static ArchCondition<JavaClass> waitForAFuture() {
    return new ArchCondition<>("wait for a future with get() or join()") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaCall<?> call : type.getMethodCallsFromSelf()) {
          if (waits(call)) {
            events.add(SimpleConditionEvent.satisfied(call, call.getDescription()));
          }
        }
      }
    };
  }

  private static boolean waits(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    String method = call.getTarget().getName();
    return (owner.isAssignableTo(Future.class) && method.equals("get"))
        || (owner.isAssignableTo(CompletableFuture.class) && method.equals("join"));
  }
}
