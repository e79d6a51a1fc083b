package dev.sallyport.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Programs without which a test class or method is skipped, before anything of it runs; a CI
 * machine has them all, and the test fails there.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Needs.Programs.class)
@interface Needs {

  String[] value();

  /** Looks for them. */
  final class Programs implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return AnnotationSupport.findAnnotation(context.getElement(), Needs.class)
          .map(needs -> judge(needs.value()))
          .orElseGet(() -> ConditionEvaluationResult.enabled("needs no program"));
    }

    private static ConditionEvaluationResult judge(String[] programs) {
      for (String program : programs) {
        if (!Tool.find(program)) {
          String message = program + " is not installed on this machine";
          if (Tool.everythingMustRun()) {
            throw new IllegalStateException(message);
          }
          return ConditionEvaluationResult.disabled(message);
        }
      }
      return ConditionEvaluationResult.enabled("all programs are there");
    }
  }
}
