package dev.sallyport.junit;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts the servers of {@link SallyportTest} classes and fills parameters from them. Whoever keeps
 * a server is the context that it ends with: JUnit closes what a context keeps.
 */
final class SallyportExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SallyportExtension.class);

  /** A context of a class that asks for a server itself. */
  private record Owner(ExtensionContext context, SallyportTest wanted) {}

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD; // constructors of perMethod classes have one too
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Sallyport.class || type == Credentials.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Sallyport server = server(parameter.getDeclaringExecutable(), context);
    if (parameter.getParameter().getType() == Sallyport.class) {
      return server;
    }
    return parameter
        .findAnnotation(User.class)
        .map(user -> credentials(server, user))
        .orElseGet(server::admin);
  }

  private static Credentials credentials(Sallyport server, User user) {
    for (String role : user.clusterRoles()) {
      server.grant(user.name(), role);
    }
    return server.user(user.name(), user.groups());
  }

  @SuppressWarnings("deprecation") // the newer method is not in JUnit 5
  private static Sallyport server(Executable asking, ExtensionContext context) {
    Owner owner = owner(asking, context);
    ExtensionContext keeper = owner.wanted().perMethod() ? method(context) : owner.context();
    // A method's store looks into its class's too: the key tells one class's server from another's.
    return Objects.requireNonNull(
        keeper
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                owner.context().getUniqueId(),
                key -> Sallyport.start(owner.wanted().flags()),
                Sallyport.class));
  }

  private static Owner owner(Executable asking, ExtensionContext context) {
    for (Optional<ExtensionContext> at = Optional.of(context);
        at.isPresent();
        at = at.get().getParent()) {
      ExtensionContext each = at.get();
      if (each.getTestMethod().isPresent() || isInside(each, asking)) {
        continue;
      }
      Optional<SallyportTest> wanted =
          AnnotationSupport.findAnnotation(each.getTestClass(), SallyportTest.class);
      if (wanted.isPresent()) {
        return new Owner(each, wanted.get());
      }
    }
    throw new ParameterResolutionException("no class here is a @SallyportTest");
  }

  /** A nested class's tests construct the classes around it too: those want their own server. */
  private static boolean isInside(ExtensionContext context, Executable asking) {
    return asking instanceof Constructor<?> constructor
        && context
            .getTestClass()
            .filter(each -> !constructor.getDeclaringClass().isAssignableFrom(each))
            .isPresent();
  }

  /** The test method's, also in a template's invocation. */
  private static ExtensionContext method(ExtensionContext context) {
    if (context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          "with perMethod only test methods, what runs before and after each of them and"
              + " constructors have a server");
    }
    return context;
  }
}
