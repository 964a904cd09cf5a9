# The statistics of tests/vectors/*.yaml, computed again in R and written as a vector file of their own.
#
#   Rscript scripts/vectors_in_r.R tests/vectors/statistics-in-r.yaml
#   .venv/bin/pytest tests/reference --vectors tests/vectors/statistics-in-r.yaml
#
# Optional: nothing in Cordside needs R. It needs the packages survival, coin and exactRankTests; docs/how-to/check-against-r.md
# says how to get them and what to do with a difference. The data below are drawn with a fixed seed, on purpose with ties and
# zeros, so that the file is new evidence and not a copy of the vectors that are already there.

suppressPackageStartupMessages({
  library(survival)
  library(coin)
})
suppressMessages(suppressWarnings(library(exactRankTests)))

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 1) stop("usage: Rscript scripts/vectors_in_r.R OUT.yaml")
if (getRversion() >= "4.6") stop("R 4.6 changed wilcox.test: run this with R 4.0 to 4.5")
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20200211)

# --- YAML, written by hand so that no further package is needed -------------------------------------------------------------

# YAML 1.1 reads 1.0e-05 as a number and 1e-05 as a text.
pointed <- function(text) sub("^(-?[0-9]+)e", "\\1.0e", text)
number <- function(x) if (is.finite(x)) pointed(format(x, digits = 15)) else "null"
one_number <- function(x) vapply(x, number, "")
yaml <- function(x) {
  if (is.null(x)) return("null")
  if (is.logical(x) && !is.na(x[1])) return(tolower(as.character(x)))
  if (is.character(x)) return(if (length(x) == 1) x else paste0("[", paste(x, collapse = ", "), "]"))
  if (is.matrix(x)) return(paste0("[", paste(apply(x, 1, function(row) yaml(as.list(row))), collapse = ", "), "]"))
  if (is.list(x) && !is.null(names(x))) return(paste0("{", paste0("\"", names(x), "\": ", vapply(x, yaml, ""), collapse = ", "), "}"))
  if (is.list(x)) return(paste0("[", paste(vapply(x, yaml, ""), collapse = ", "), "]"))
  if (length(x) == 1) return(number(x))
  paste0("[", paste(one_number(x), collapse = ", "), "]")
}
vector <- function(x) as.list(x)

lines <- c(
  "form: statistics/1",
  paste0("# Written by scripts/vectors_in_r.R with ", R.version.string, ", survival ", packageVersion("survival"),
         ", coin ", packageVersion("coin"), ", exactRankTests ", packageVersion("exactRankTests")),
  "version: 1", "vectors:"
)
case <- function(id, method, input, expected, convention = NULL, rel = 1e-8, abs = 1e-10) {
  said <- if (is.null(convention)) "" else paste0("convention: ", yaml(convention), ", ")
  lines <<- c(lines, paste0("  - {id: ", id, ", method: ", method, ", ", said, "input: ", yaml(input), ", expected: ", yaml(expected),
                            ", tolerance: {rel: ", number(rel), ", abs: ", number(abs), "}, source: R}"))
}

# --- values, quantiles -------------------------------------------------------------------------------------------------------

for (n in c(5, 8, 31)) {
  x <- round(rnorm(n, 10, 3), 1)
  for (type in 1:9) {
    # R takes n * p in binary and can miss a step at a decimal p; quarters are safe.
    case(sprintf("r-quantile-%d-type-%d", n, type), "quantile", list(x = vector(x), p = list(0.25, 0.5, 0.75)),
         vector(unname(quantile(x, c(0.25, 0.5, 0.75), type = type))), list(type = paste0("type-", type)))
  }
  case(sprintf("r-summary-%d", n), "summary", list(x = vector(x)), list(n = n, mean = mean(x), sd = sd(x)))
}

# --- one sample and pairs ----------------------------------------------------------------------------------------------------

for (n in c(6, 12, 25, 48, 70)) {
  before <- round(rnorm(n, 20, 4), 1)
  after <- round(before + rnorm(n, 0.5, 2), 1)
  d <- round(after - before, 1)
  d[2] <- 0
  after <- round(before + d, 1)
  pair <- list(before = vector(before), after = vector(after))
  for (rule in c("exact", "normal", "normal_cc")) {
    p <- switch(rule, exact = wilcox.exact(d, exact = TRUE)$p.value,
                normal = suppressWarnings(wilcox.test(d, exact = FALSE, correct = FALSE)$p.value),
                normal_cc = suppressWarnings(wilcox.test(d, exact = FALSE)$p.value))
    case(sprintf("r-signed-rank-%d-%s", n, rule), "signed_rank", pair,
         list(n = sum(d != 0), V = unname(suppressWarnings(wilcox.test(d)$statistic)), p = p), list(p = rule, zeros = "drop"))
  }
  pratt <- wilcoxsign_test(d ~ rep(0, n), zero.method = "Pratt", distribution = "exact")
  case(sprintf("r-signed-rank-%d-pratt", n), "signed_rank", pair, list(p = as.numeric(pvalue(pratt))), list(p = "exact", zeros = "pratt"))
  for (side in c("less", "greater")) {
    case(sprintf("r-signed-rank-%d-%s", n, side), "signed_rank", pair, list(p = wilcox.exact(d, exact = TRUE, alternative = side)$p.value),
         list(p = "exact", zeros = "drop", alternative = side))
  }
  t <- t.test(d)
  case(sprintf("r-paired-t-%d", n), "paired_t", pair,
       list(mean = mean(d), t = unname(t$statistic), df = n - 1, p = t$p.value, lo = t$conf.int[1], hi = t$conf.int[2]), list(level = 0.95))
  ratio <- t.test(log(after / before))
  case(sprintf("r-paired-ratio-%d", n), "paired_t", pair,
       list(ratio = exp(unname(ratio$estimate)), p = ratio$p.value, lo = exp(ratio$conf.int[1]), hi = exp(ratio$conf.int[2])),
       list(level = 0.95, scale = "log", ratio = list("after", "before")))
  averages <- sort(outer(d, d, "+")[lower.tri(diag(n), diag = TRUE)] / 2)
  k <- max(1, qsignrank(0.025, n))
  case(sprintf("r-hodges-lehmann-%d", n), "hodges_lehmann", pair,
       list(est = median(averages), lo = averages[k], hi = rev(averages)[k], attained = 1 - 2 * psignrank(k - 1, n)),
       list(level = 0.95, zeros = "keep"))
}

# --- two and more groups -----------------------------------------------------------------------------------------------------

for (n in c(4, 9, 20)) {
  x <- round(rnorm(n, 5, 1.5), 1)
  y <- round(rnorm(n + 3, 6, 1), 1)
  z <- round(rnorm(n + 1, 5, 1), 1)
  two <- list(x = vector(x), y = vector(y))
  for (variance in c("welch", "pooled")) {
    t <- t.test(x, y, var.equal = variance == "pooled")
    case(sprintf("r-two-sample-t-%d-%s", n, variance), "two_sample_t", two,
         list(t = unname(t$statistic), df = unname(t$parameter), p = t$p.value, lo = t$conf.int[1], hi = t$conf.int[2]),
         list(variance = variance, level = 0.95))
  }
  w <- unname(suppressWarnings(wilcox.test(x, y)$statistic))
  case(sprintf("r-rank-sum-%d-exact", n), "rank_sum", two, list(W = w, p = wilcox.exact(x, y, exact = TRUE)$p.value),
       list(p = "exact", two_sided = "distance"))
  for (correct in c(FALSE, TRUE)) {
    case(sprintf("r-rank-sum-%d-%s", n, correct), "rank_sum", two,
         list(p = suppressWarnings(wilcox.test(x, y, exact = FALSE, correct = correct)$p.value)), list(p = if (correct) "normal_cc" else "normal"))
  }
  shifts <- sort(outer(x, y, "-"))
  k <- max(1, qwilcox(0.025, length(x), length(y)))
  case(sprintf("r-hodges-lehmann-two-%d", n), "hodges_lehmann_two", two,
       list(est = median(shifts), lo = shifts[k], hi = rev(shifts)[k], attained = 1 - 2 * pwilcox(k - 1, length(x), length(y))), list(level = 0.95))
  groups <- list(vector(x), vector(y), vector(z))
  value <- c(x, y, z)
  arm <- factor(rep(1:3, c(length(x), length(y), length(z))))
  f <- oneway.test(value ~ arm, var.equal = TRUE)
  case(sprintf("r-anova-%d", n), "anova", list(groups = groups),
       list(F = unname(f$statistic), df1 = 2, df2 = unname(f$parameter[2]), p = f$p.value))
  h <- kruskal.test(value, arm)
  case(sprintf("r-kruskal-wallis-%d", n), "kruskal_wallis", list(groups = groups), list(chi2 = unname(h$statistic), df = 2, p = h$p.value))
  blocks <- matrix(round(rnorm(4 * n), 1), n)
  q <- friedman.test(blocks)
  case(sprintf("r-friedman-%d", n), "friedman", list(blocks = blocks), list(chi2 = unname(q$statistic), df = 3, p = q$p.value))
}

# --- counts ------------------------------------------------------------------------------------------------------------------

sizes <- list(c(2, 2, 20), c(2, 2, 200), c(2, 3, 40), c(3, 3, 60), c(4, 3, 60), c(5, 3, 50), c(2, 6, 60), c(4, 4, 60))
for (size in sizes) {
  repeat {
    counts <- table(factor(sample(size[1], size[3], TRUE), 1:size[1]), factor(sample(size[2], size[3], TRUE), 1:size[2]))
    counts <- matrix(as.integer(counts), size[1])
    if (all(rowSums(counts) > 0, colSums(counts) > 0)) break
  }
  name <- paste(size, collapse = "-")
  case(paste0("r-fisher-", name), "fisher", list(table = counts), list(p = fisher.test(counts, workspace = 2e8)$p.value), rel = 1e-6)
  for (yates in c(FALSE, TRUE)) {
    test <- suppressWarnings(chisq.test(counts, correct = yates))
    case(paste0("r-chi-square-", name, "-", tolower(yates)), "chi_square", list(table = counts),
         list(chi2 = unname(test$statistic), df = unname(test$parameter), p = test$p.value), list(yates = yates))
  }
}

intervals <- function(k, n) {
  z <- qnorm(0.975)
  list(clopper_pearson = binom.test(k, n)$conf.int, wilson = prop.test(k, n, correct = FALSE)$conf.int,
       wilson_cc = suppressWarnings(prop.test(k, n)$conf.int),
       jeffreys = c(if (k == 0) 0 else qbeta(0.025, k + 0.5, n - k + 0.5), if (k == n) 1 else qbeta(0.975, k + 0.5, n - k + 0.5)))
}
for (pair in list(c(0, 5), c(1, 7), c(5, 5), c(17, 31), c(150, 151), c(3, 254))) {
  found <- suppressWarnings(intervals(pair[1], pair[2]))
  for (name in names(found)) {
    case(sprintf("r-proportion-%d-%d-%s", pair[1], pair[2], name), "proportion_interval", list(k = pair[1], n = pair[2]),
         list(lo = found[[name]][1], hi = found[[name]][2]), list(interval = name, level = 0.95))
  }
}
for (pair in list(c(3, 9), c(0, 4), c(12, 30), c(7, 7))) {
  both <- matrix(c(10, pair[2], pair[1], 10), 2)
  case(sprintf("r-mcnemar-%d-%d-exact", pair[1], pair[2]), "mcnemar", list(b = pair[1], c = pair[2]),
       list(p = binom.test(pair[1], sum(pair))$p.value), list(p = "exact"))
  for (rule in c("chi2", "chi2_cc")) {
    test <- mcnemar.test(both, correct = rule == "chi2_cc")
    case(sprintf("r-mcnemar-%d-%d-%s", pair[1], pair[2], rule), "mcnemar", list(b = pair[1], c = pair[2]),
         list(chi2 = unname(test$statistic), p = test$p.value), list(p = rule))
  }
}

# --- families of tests, survival ---------------------------------------------------------------------------------------------

p <- signif(runif(9)^3, 3)
for (method in c("holm", "BH", "hommel")) {
  case(paste0("r-p-adjust-", tolower(method)), "p_adjust", list(p = vector(p)), vector(p.adjust(p, method)), list(method = tolower(method)))
}
for (n in c(12, 40)) {
  time <- ceiling(rexp(n, 0.05))
  status <- rbinom(n, 1, 0.7)
  group <- rep(1:2, length.out = n)
  age <- round(rnorm(n, 60, 9))
  test <- survdiff(Surv(time, status) ~ group)
  data <- list(time = vector(time), status = vector(status))
  case(sprintf("r-logrank-%d", n), "logrank", c(data, list(group = vector(group))),
       list(chi2 = test$chisq, p = pchisq(test$chisq, 1, lower.tail = FALSE), O = test$obs[1], E = test$exp[1]))
  for (ties in c("efron", "breslow")) {
    fit <- coxph(Surv(time, status) ~ group + age, ties = ties, control = coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 50))
    case(sprintf("r-cox-%d-%s", n, ties), "cox", c(data, list(x = list(vector(group), vector(age)))),
         list(coef = vector(unname(coef(fit))), se = vector(unname(sqrt(diag(vcov(fit)))))), list(ties = ties), rel = 1e-6)
  }
  at <- quantile(time[status == 1], c(0.25, 0.5), type = 1, names = FALSE)
  for (interval in c("log", "log-log", "plain")) {
    fit <- survfit(Surv(time, status) ~ 1, conf.type = interval)
    then <- summary(fit, times = at)
    case(sprintf("r-kaplan-meier-%d-%s", n, interval), "kaplan_meier", data,
         list(times = vector(at), S = vector(then$surv), lo = vector(then$lower), hi = vector(then$upper), at_risk = vector(then$n.risk)),
         list(interval = interval, level = 0.95, flat_at_half = "midpoint", beyond_last = "carry"))
  }
}

writeLines(lines, arguments[1])
cat(length(grep("^  - ", lines)), "cases written to", arguments[1], "\n")
