export type { FixedClass, FixWorkspace, RefusedRequest, SharedClient, UseSingletonAll, UseSingletonRequest } from "./types.js";
export { planUseSingleton, planUseSingletonAll, USE_SINGLETON } from "./use-singleton.js";
