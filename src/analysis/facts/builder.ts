import type {
	AssignmentFact,
	Binding,
	BindingId,
	CallFact,
	ClassFact,
	ClassId,
	ExportFact,
	Expr,
	FunctionFact,
	FunctionId,
	ImportFact,
	NewFact,
} from "./types.js";

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** Facts under construction: entries get their index first and are filled in as the walk reaches them. */
export class FactsBuilder {
	readonly imports: ImportFact[] = [];
	readonly exports: ExportFact[] = [];
	readonly bindings: Draft<Binding>[] = [];
	readonly functions: Draft<FunctionFact>[] = [];
	readonly classes: Draft<ClassFact>[] = [];
	readonly news: (NewFact | undefined)[] = [];
	readonly calls: (CallFact | undefined)[] = [];
	readonly assignments: AssignmentFact[] = [];
	/** Names that stand right after an `await`. */
	readonly awaitedBindings = new Set<BindingId>();
	usesEsm = false;

	/** Takes the draft over. */
	bind(binding: Draft<Binding>): BindingId {
		return this.bindings.push(binding) - 1;
	}

	setInit(id: BindingId, init: Expr): void {
		const binding = this.bindings[id];
		if (binding) binding.init = init;
	}

	setDisposed(id: BindingId): void {
		const binding = this.bindings[id];
		if (binding) binding.disposed = true;
	}

	/** Takes the draft over. */
	addFunction(fact: Draft<FunctionFact>): FunctionId {
		return this.functions.push(fact) - 1;
	}

	addReturn(id: FunctionId, value: Expr): void {
		const fact = this.functions[id];
		if (fact) fact.returns = [...fact.returns, value];
	}

	/** Takes the draft over. */
	addClass(fact: Draft<ClassFact>): ClassId {
		return this.classes.push(fact) - 1;
	}
}
